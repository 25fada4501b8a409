"""Write-ups of two cities that resemble one another and are not connected."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from practices.islands.enums import IslandState
from practices.islands.querysets import IslandQuerySet
from practices.models.practice import Practice


class Island(models.Model):
    """Two write-ups that seem to be about the same; what the coordination made of it is kept."""

    first = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    second = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField()  # how many percent of their rare words they share
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=IslandState.choices, default=IslandState.OPEN)
    reason = models.CharField(_("Warum nicht?"), max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)  # when „kein Doppel“ was last taken back; `reason` stays

    objects = IslandQuerySet.as_manager()

    class Meta:
        ordering = ["-likeness", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="island_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="island_once"),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="island_likeness_is_a_share"),
            models.CheckConstraint(
                condition=~Q(state=IslandState.DISMISSED) | ~Q(reason=""), name="island_dismissed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=IslandState.OPEN, decided_at=None)
                | (~Q(state=IslandState.OPEN) & Q(decided_at__isnull=False)),
                name="island_decided_when",
            ),
        ]
        indexes = [
            models.Index(fields=["-likeness"], name="island_open", condition=Q(state=IslandState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.first} ~ {self.second}"

    @property
    def both(self) -> list[Practice]:
        return [self.first, self.second]


class IslandLook(models.Model):
    """When a write-up was last compared with all others."""

    practice = models.OneToOneField(Practice, models.CASCADE, primary_key=True, related_name="island_look")
    looked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.looked_at}"
