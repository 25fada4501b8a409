"""Messages of members to the city behind a write-up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.enums import RequestState
from practices.following import ContactRequestQuerySet
from practices.models.practice import Practice

# What leaves the portal as a mail and is not kept.
SENT_AT_ONCE = [RequestState.DIRECT, RequestState.ADOPTERS, RequestState.ADOPTERS_VIA]


class ContactRequest(models.Model):
    """A question to a city. Where the city is known it goes out at once and its text is not kept.

    Where it is anonymous the coordination passes question and answer on.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="contact_requests")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField(_("Ihre Nachricht"), blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices)
    answer = models.TextField(_("Antwort"), blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)  # one form sends one message

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["sender", "-sent_at"], name="contactrequest_sender"),
            models.Index(
                fields=["sent_at"],
                name="contactrequest_open",
                condition=Q(state__in=[RequestState.WAITING, RequestState.PASSED_ON]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SENT_AT_ONCE) | ~Q(text=""),
                name="contactrequest_text_to_pass_on",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ANSWERED) | ~Q(answer=""), name="contactrequest_answer_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.get_state_display()}"
