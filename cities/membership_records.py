"""How cities come into the network and leave it: wishes to join, and every change of a city's status."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.enums import JoinAnswer, NetworkStatus
from cities.querysets import JoinRequestQuerySet


class StatusChange(models.Model):
    """A city was admitted, pauses, came back or left. The history behind `City.status`."""

    city = models.ForeignKey("cities.City", models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=8, choices=NetworkStatus.choices)
    after = models.CharField(max_length=8, choices=NetworkStatus.choices)
    since = models.DateField(_("gilt seit"))
    remark = models.TextField(_("Nachricht an die Personen der Stadt"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Änderung der Mitgliedschaft")
        verbose_name_plural = _("Änderungen der Mitgliedschaft")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")),
                name="statuschange_changes_something",
                violation_error_message=_("Diesen Stand hat die Stadt schon."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.city} · {self.get_after_display()}"


class JoinRequest(models.Model):
    """Somebody of a city outside the network asks to join. Counts only once the address is confirmed.

    Only the token's SHA-256 is kept. What nobody confirms is deleted when the link expires.
    """

    city = models.ForeignKey(
        "cities.City", models.CASCADE, related_name="join_requests", verbose_name=_("Stadt")
    )
    name = models.CharField(_("Ihr Name"), max_length=120)
    office = models.CharField(_("Dienststelle"), max_length=160)
    email = models.EmailField(_("Dienstliche E-Mail-Adresse"), max_length=254)
    message = models.TextField(_("Was möchten Sie einbringen oder suchen?"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=8, choices=JoinAnswer.choices, blank=True)
    remark = models.TextField(_("Begründung"), blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrittsanfrage")
        verbose_name_plural = _("Beitrittsanfragen")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["confirmed_at"],
                name="joinrequest_waiting",
                condition=Q(confirmed_at__isnull=False, decided_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "email"], condition=Q(decided_at=None), name="joinrequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, answer="")
                | (Q(decided_at__isnull=False, confirmed_at__isnull=False) & ~Q(answer="")),
                name="joinrequest_decided_after_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(answer=JoinAnswer.DECLINED) | ~Q(remark=""),
                name="joinrequest_declined_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city} · {self.email}"
