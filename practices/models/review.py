"""Opinions of people of other cities and of the coordination."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cities.models import City
from practices.enums import Verdict
from practices.following import ReviewQuerySet
from practices.models.practice import Practice


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Review(models.Model):
    """A dated opinion on a write-up. Revised it keeps its row; withdrawn it stays and is shown no more.

    `city` is whom its author spoke for, empty for the coordination; `practice_version` is the text they read.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(_("Ihr Eindruck"), max_length=10, choices=Verdict.choices)
    convinced = models.TextField(_("Was überzeugt"), blank=True, max_length=2_000)
    caution = models.TextField(_("Worauf andere achten sollten"), blank=True, max_length=2_000)
    practice_version = models.PositiveIntegerField()
    given_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("Meinung")
        verbose_name_plural = _("Meinungen")
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "author"], condition=Q(withdrawn_at=None), name="review_one_a_person"
            ),
            models.CheckConstraint(condition=~Q(convinced="", caution=""), name="review_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.get_verdict_display()}"
