"""The write-up of what a city has learned."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts.contacts import ContactWithDeputy
from cities.models import City
from practices.enums import Kind, Offer, Phase, Status, Visibility
from practices.models.own_things import city_not_adopter
from practices.partial_dates import STORED
from practices.querysets import PracticeQuerySet
from search.folding import german_slug
from topics.models import Topic

EMPTY_OR_STORED = f"^$|{STORED}"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["creation_key", "checked_on", "checked_version", "adopters"],
)
class Practice(ContactWithDeputy):
    """A practice, lesson, stopped project or plan of a city. Rich-text fields hold sanitised HTML."""

    title = models.CharField(_("Titel"), max_length=120)
    summary = models.CharField(_("In einem Satz"), max_length=280, blank=True)
    kind = models.CharField(_("Art"), max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    city = models.ForeignKey(City, models.PROTECT, related_name="practices", verbose_name=_("Stadt"))
    partner_cities = models.ManyToManyField(
        City, related_name="partner_practices", blank=True, verbose_name=_("Partnerstädte")
    )
    phase = models.CharField(_("Stand"), max_length=8, choices=Phase.choices, default=Phase.LIVE)
    starts = models.CharField(_("Beginn"), max_length=7, blank=True)
    ends = models.CharField(_("Ende"), max_length=7, blank=True)
    visibility = models.CharField(
        _("Wer darf es lesen?"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    topics: models.ManyToManyField[Topic, Any] = models.ManyToManyField(
        Topic, through="PracticeTopic", related_name="practices", verbose_name=_("Themen")
    )
    tags = TaggableManager(_("Schlagwörter"), blank=True)

    starting_point = models.TextField(_("Ausgangslage"), blank=True)
    solution = models.TextField(_("Lösung"), blank=True)
    lessons = models.TextField(_("Was wir anders machen würden"), blank=True)
    approach = models.TextField(_("Vorgehen"), blank=True)
    results = models.TextField(_("Ergebnisse"), blank=True)
    obstacles = models.TextField(_("Hindernisse und Irrtümer"), blank=True)
    prerequisites = models.TextField(_("Voraussetzungen"), blank=True)
    adaptation = models.TextField(_("Was andere anpassen müssen"), blank=True)
    unsuitable_for = models.TextField(_("Nicht geeignet für"), blank=True)
    legal = models.TextField(_("Recht und Datenschutz"), blank=True)
    stop_reason = models.TextField(_("Warum es beendet wurde"), blank=True)

    licence = models.CharField(_("Lizenz"), max_length=120, blank=True)
    repository_url = models.URLField(_("Quelltext im Netz"), max_length=500, blank=True)
    standards = models.TextField(_("Standards und Schnittstellen"), blank=True)
    procurement = models.TextField(_("Beschaffung"), blank=True)
    offers = ArrayField(
        models.CharField(max_length=10, choices=Offer.choices),
        verbose_name=_("Angebot an andere"),
        default=list,
        blank=True,
    )
    offer_note = models.CharField(_("Hinweis zum Angebot"), max_length=300, blank=True)
    maintained_until = models.CharField(_("Gepflegt bis"), max_length=7, blank=True)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    confirmed_on = models.DateField(_("zuletzt bestätigt"), null=True, blank=True, editable=False)
    next_check_on = models.DateField(_("nächste Prüfung"), null=True, blank=True, editable=False)
    # What the latest opinion says that does not doubt; see practices.reviews.actions.
    checked_on = models.DateField(_("zuletzt geprüft"), null=True, blank=True, editable=False)
    checked_version = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # How many other cities have it in use and confirm that; see practices.adoption.counting.
    adopters = models.PositiveIntegerField(default=0, editable=False)
    source_url = models.URLField(_("Quelle im Netz"), blank=True, max_length=500)
    source_name = models.CharField(_("Name der Quelle"), blank=True, max_length=160)
    # Null keeps it unique for imports alone.
    external_id = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)
    creation_key = models.UUIDField(null=True, unique=True, editable=False)  # one form makes one record
    is_demo = models.BooleanField(default=False, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Praxisbeitrag")
        verbose_name_plural = _("Praxisbeiträge")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["city", "status"], name="practice_city_status"),
            models.Index(fields=["created_by", "status"], name="practice_author_status"),
            models.Index(
                fields=["next_check_on"], name="practice_next_check", condition=Q(status=Status.PUBLISHED)
            ),
            models.Index(
                fields=["city"],
                name="practice_without_contact",
                condition=Q(contact_user=None, contact_email="", contact_phone=""),
            ),
            models.Index(fields=["id"], name="practice_in_review", condition=Q(status=Status.IN_REVIEW)),
            # What others would take over of a city, in the order in which `practices.my_city.alike` looks.
            models.Index(
                "city",
                F("adopters").desc(),
                F("checked_on").desc(nulls_last=True),
                F("published_at").desc(),
                F("id").desc(),
                name="practice_worth_taking",
                condition=Q(status=Status.PUBLISHED, kind=Kind.PRACTICE, phase__in=[Phase.PILOT, Phase.LIVE])
                & ~Q(visibility=Visibility.ANONYMOUS),
            ),
            # Those whose adopters the coordination brings together with their city.
            models.Index(
                fields=["id"], name="practice_anonymous", condition=Q(visibility=Visibility.ANONYMOUS)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="practice_title_given"),
            models.CheckConstraint(
                condition=Q(starts__regex=EMPTY_OR_STORED), name="practice_starts_partial_date"
            ),
            models.CheckConstraint(
                condition=Q(ends__regex=EMPTY_OR_STORED), name="practice_ends_partial_date"
            ),
            models.CheckConstraint(
                condition=Q(maintained_until__regex=EMPTY_OR_STORED),
                name="practice_maintained_partial_date",
            ),
            models.CheckConstraint(
                condition=Q(offers__contained_by=Offer.values), name="practice_offers_known"
            ),
            models.CheckConstraint(
                # Compared as far as both are known: March 2022 to 2022 is in order.
                condition=Q(starts="")
                | Q(ends="")
                | Q(ends__gte=F("starts"))
                | Q(starts__startswith=F("ends")),
                name="practice_ends_after_start",
                violation_error_message=_("Das Ende darf nicht vor dem Beginn liegen."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.ARCHIVED])
                | (~Q(summary="") & ~Q(starting_point="") & ~Q(solution="") & ~Q(lessons="")),
                name="practice_complete_beyond_draft",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.STOPPED)
                | Q(status__in=[Status.DRAFT, Status.ARCHIVED])
                | ~Q(stop_reason=""),
                name="practice_stopped_says_why",
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_version=None)
                | Q(checked_on__isnull=False, checked_version__isnull=False),
                name="practice_checked_when_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="practice_published_when",
            ),
        ]
        triggers = [city_not_adopter("practice")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practices:detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    @property
    def is_check_outdated(self) -> bool:
        """Whether the text was changed since somebody of another city has checked it."""
        return self.checked_version is not None and self.checked_version < self.version


def slug_of(title: str) -> str:
    """The readable part of a write-up's address."""
    return german_slug(title, 80) or "praxis"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PracticeTopic(models.Model):
    """A write-up stands under a topic; exactly one of its topics is the primary one."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="practice_links")
    is_primary = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "topic"], name="practicetopic_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(is_primary=True), name="practicetopic_one_primary"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.topic}"
