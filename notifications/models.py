"""Mails on their way out."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def undelivered(self) -> OutgoingMailQuerySet:
        """Written an hour ago or earlier and not sent yet."""
        return self.filter(sent_at=None, created_at__lt=timezone.now() - timedelta(hours=1))


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
