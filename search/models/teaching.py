"""What coordinators teach the search, and what it could not find."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.models.change import marking

OWN_LIST = ""  # the origin of what coordinators wrote; topics and tags keep theirs themselves


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Synonym(models.Model):
    """Words that mean the same; a search for one of them finds the others too, from the next search on."""

    terms = ArrayField(models.CharField(max_length=80), verbose_name=_("Wörter mit gleicher Bedeutung"))
    # "" for the coordinators' own list, else who keeps this row in step with itself, as `topic:12`.
    origin = models.CharField(max_length=40, blank=True, editable=False)
    changed_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)

    class Meta:
        triggers = marking()
        verbose_name = _("Synonym")
        verbose_name_plural = _("Synonyme")
        ordering = ["terms"]
        constraints = [
            models.CheckConstraint(
                condition=Q(terms__len__gte=2),
                name="synonym_of_two_words",
                violation_error_message=_("Bitte geben Sie mindestens zwei Wörter an."),
            ),
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin=""), name="synonym_once_an_origin"
            ),
        ]

    def __str__(self) -> str:
        return " = ".join(self.terms)


class Miss(models.Model):
    """A search that found nothing: which words, how often, when last. Nobody's name is kept."""

    text = models.CharField(_("Suchwörter"), max_length=100, unique=True)
    count = models.PositiveIntegerField(_("wie oft"), default=1)
    last_on = models.DateField(_("zuletzt am"))

    class Meta:
        verbose_name = _("Suche ohne Treffer")
        verbose_name_plural = _("Suchen ohne Treffer")
        ordering = ["-count", "-last_on", "text"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="miss_has_words")]

    def __str__(self) -> str:
        return self.text
