"""What a city has found out for itself about taking a write-up over."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cities.models import City
from practices.models.practice import Practice
from practices.transfer.enums import Line, Verdict


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TransferNote(models.Model):
    """One line of the transfer check is clarified for one city; only its own people read it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="transfer_notes")
    city = models.ForeignKey(City, models.CASCADE, related_name="transfer_notes")
    line = models.CharField(max_length=16, choices=Line.choices)
    verdict = models.CharField(
        _("Für unsere Stadt gilt"),
        max_length=8,
        choices=[choice for choice in Verdict.choices if choice[0] != Verdict.UNKNOWN],
    )
    note = models.CharField(_("Was haben Sie geklärt?"), max_length=500)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    noted_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "city", "line"], name="transfernote_once_a_line"),
            models.CheckConstraint(condition=Q(line__in=Line.values), name="transfernote_line_known"),
            models.CheckConstraint(
                condition=Q(verdict__in=[Verdict.FITS, Verdict.ADAPT, Verdict.BLOCKS]),
                name="transfernote_says_something",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="transfernote_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.get_line_display()}: {self.get_verdict_display()}"
