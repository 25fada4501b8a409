"""What coordinators did to tags."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models import Undertaking
from practices.enums import TagChangeKind
from topics.models import Topic


class TagChange(models.Model):
    """Tags became another tag or a topic. `kept` is what undoing it needs, known once it is done."""

    kind = models.CharField(max_length=8, choices=TagChangeKind.choices)
    sources = ArrayField(models.CharField(max_length=100), verbose_name=_("Schlagwörter"))
    target = models.CharField(_("werden zu"), max_length=100, blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")
    keeps_words = models.BooleanField(_("bisherige Wörter als Synonyme"), default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undertaking = models.ForeignKey(Undertaking, models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Änderung an Schlagwörtern")
        verbose_name_plural = _("Änderungen an Schlagwörtern")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sources__len__gte=1), name="tagchange_of_something"),
            models.CheckConstraint(
                condition=~Q(kind=TagChangeKind.MERGE) | ~Q(target=""), name="tagchange_merge_has_target"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(done_at__isnull=False), name="tagchange_done_before_undone"
            ),
        ]

    def __str__(self) -> str:
        return f"{', '.join(self.sources)} → {self.target or self.topic or '–'}"

    @property
    def can_be_undone(self) -> bool:
        return self.done_at is not None and self.undone_at is None
