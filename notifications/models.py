"""Mails on their way out."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def undelivered(self) -> OutgoingMailQuerySet:
        """Written an hour ago or earlier and not sent yet."""
        return self.filter(sent_at=None, created_at__lt=Now() - timedelta(hours=1))


class OutgoingMail(models.Model):
    """One mail to one person; written in the transaction that causes it, sent by a job after it."""

    to = models.EmailField(_("an"))
    reply_to = models.EmailField(_("Antworten an"), blank=True)
    subject = models.CharField(_("Betreff"), max_length=200)
    text = models.TextField(_("Text"))
    html = models.TextField(_("HTML"), blank=True)
    created_at = models.DateTimeField(_("geschrieben"), auto_now_add=True)
    sent_at = models.DateTimeField(_("gesendet"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    last_error = models.TextField(_("letzter Fehler"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("ausgehende Mail")
        verbose_name_plural = _("ausgehende Mails")
        ordering = ["-id"]
        indexes = [models.Index(fields=["sent_at"], name="mail_sent_at")]

    def __str__(self) -> str:
        return self.subject

    def paragraphs(self) -> list[tuple[str, bool]]:
        """The text's paragraphs, each with whether it is an address of this portal and nothing else."""
        return [
            (part, part.startswith(f"{settings.BASE_URL}/") and len(part.split()) == 1)
            for part in (part.strip() for part in self.text.split("\n\n"))
            if part
        ]


class UndertakingState(models.TextChoices):
    WAITING = "waiting", _("wartet oder läuft")
    DONE = "done", _("erledigt")
    FAILED = "failed", _("nicht gelungen")


class UndertakingQuerySet(models.QuerySet["Undertaking"]):
    def waiting(self) -> UndertakingQuerySet:
        return self.filter(state=UndertakingState.WAITING)


class Undertaking(models.Model):
    """A big job that somebody waits for, and how far it is. See `notifications.undertakings`."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    asked_by = models.BigIntegerField(null=True)  # the id of an account; this app knows no people
    url = models.CharField(max_length=300, blank=True)  # where to go on once it is done
    state = models.CharField(max_length=8, choices=UndertakingState.choices, default=UndertakingState.WAITING)
    step = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=UndertakingState.WAITING, finished_at=None)
                | (~Q(state=UndertakingState.WAITING) & Q(finished_at__isnull=False)),
                name="undertaking_finished_when_not_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state=UndertakingState.FAILED) | ~Q(error=""),
                name="undertaking_failed_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="undertaking_waiting", condition=Q(state=UndertakingState.WAITING)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == UndertakingState.WAITING

    @property
    def undo_url(self) -> str:
        """Where a post takes it back; empty where nothing does."""
        return str(self.result.get("undo_url", ""))

    @property
    def is_done(self) -> bool:
        return self.state == UndertakingState.DONE
