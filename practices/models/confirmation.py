"""The yearly question whether a write-up still holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from practices.enums import Answer, AskLevel
from practices.models.practice import Practice


class ConfirmationRound(models.Model):
    """One round of asking about a write-up that is due; closed by its answer."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="rounds")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"], condition=Q(closed_at=None), name="confirmationround_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, answer="") | (Q(closed_at__isnull=False) & ~Q(answer="")),
                name="confirmationround_closed_by_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.opened_at:%d.%m.%Y}"


class ConfirmationAsk(models.Model):
    """Somebody was asked. The link in the mail works once and until it expires; only its hash is kept."""

    round = models.ForeignKey(ConfirmationRound, models.CASCADE, related_name="asks")
    level = models.CharField(max_length=12, choices=AskLevel.choices)
    email = models.EmailField(blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "level"], name="confirmationask_once_a_level"),
            models.UniqueConstraint(
                fields=["round", "email"], condition=~Q(email=""), name="confirmationask_once_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_level_display()}"
