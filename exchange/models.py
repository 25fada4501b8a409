"""Requests: what a city looks for, and what others answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.contacts import Contact
from cities.models import City
from exchange.enums import STILL_OPEN, TONES, RequestState, RequestVisibility, Standing
from exchange.querysets import AnswerQuerySet, RequestQuerySet
from practices.models import Practice
from search.folding import german_slug
from topics.models import Topic

OPEN_FOR = dt.timedelta(days=183)


def usual_end() -> dt.date:
    """How long a request is open unless somebody says otherwise."""
    return timezone.localdate() + OPEN_FOR


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["creation_key"]
)
class Request(Contact):
    """A city looks for something; without a city the coordination asks on behalf of the network."""

    title = models.CharField(_("Was suchen Sie?"), max_length=120)
    text = models.TextField(_("Genauer"), max_length=4_000)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="requests", verbose_name=_("Thema"))
    city = models.ForeignKey(
        City, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("Stadt")
    )
    visibility = models.CharField(
        _("Wer darf es sehen?"),
        max_length=10,
        choices=RequestVisibility.choices,
        default=RequestVisibility.PUBLIC,
    )
    open_until = models.DateField(_("Offen bis"), default=usual_end)
    state = models.CharField(
        _("Wie steht es?"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    closing_note = models.CharField(_("Warum nicht mehr?"), max_length=500, blank=True)
    creation_key = models.UUIDField(null=True, unique=True, editable=False)  # one form makes one request
    is_demo = models.BooleanField(default=False, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("Gesuch")
        verbose_name_plural = _("Gesuche")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["city", "-id"], name="request_city"),
            models.Index(fields=["state", "open_until"], name="request_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="request_says_what"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(visibility__in=RequestVisibility.values), name="request_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state=RequestState.CLOSED) & ~Q(closing_note=""))
                | (~Q(state=RequestState.CLOSED) & Q(closing_note="")),
                name="request_closed_says_why",
                violation_error_message=_("Bitte sagen Sie kurz, warum es sich erledigt hat."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        is_over = self.state in STILL_OPEN and self.open_until < timezone.localdate()
        return Standing.OVERDUE if is_over else Standing(self.state)

    @property
    def tone(self) -> str:
        """In which colour the standing is shown."""
        return TONES[self.standing]

    @property
    def is_settled(self) -> bool:
        """Whether its city has said that nobody needs to answer any more."""
        return self.state not in STILL_OPEN

    @property
    def is_for_network(self) -> bool:
        """Whether members alone may read it."""
        return self.visibility == RequestVisibility.NETWORK

    @property
    def asker(self) -> str:
        """Who looks for it."""
        return self.city.name if self.city else str(_("Koordination, für das Netzwerk"))


def slug_of(title: str) -> str:
    return german_slug(title, 80) or "gesuch"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Answer(models.Model):
    """What somebody of a city answers; without a city it is the coordination."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="answers")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("Ihre Antwort"), max_length=4_000)
    practices: models.ManyToManyField[Practice, Any] = models.ManyToManyField(
        Practice, through="AnswerPractice", related_name="+"
    )
    helped = models.BooleanField(default=False, editable=False)  # says the city that asked
    is_demo = models.BooleanField(default=False, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwort")
        verbose_name_plural = _("Antworten")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_says_something")]

    def __str__(self) -> str:
        return f"{self.request} · {self.giver}"

    @property
    def state(self) -> str:
        """What tells what is stored now from what was stored before."""
        return self.updated_at.isoformat()

    @property
    def giver(self) -> str:
        """Who answers."""
        return self.city.name if self.city else str(_("Koordination des Netzwerks"))


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class AnswerPractice(models.Model):
    """An answer points to a write-up."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="links")
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "practice"], name="answerpractice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} · {self.practice_id}"
