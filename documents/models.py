"""Documents that take longer than a page may: ordered by a person, made in the background, kept for a day."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(hours=24)
PATIENCE = timedelta(minutes=15)  # after which a worker is taken for dead


class State(models.TextChoices):
    WAITING = "waiting", _("wartet")
    RUNNING = "running", _("wird erstellt")
    DONE = "done", _("fertig")
    FAILED = "failed", _("nicht gelungen")


OPEN = [State.WAITING, State.RUNNING]


def _place(build: Build, name: str) -> str:
    """A path that nobody guesses; the name under which it is saved stands in the row."""
    return f"documents/{uuid.uuid4().hex}"


class BuildQuerySet(models.QuerySet["Build"]):
    def fresh(self) -> BuildQuerySet:
        """Ordered within the time for which files are kept."""
        return self.filter(ordered_at__gt=timezone.now() - KEPT)

    def of(self, person_id: int | None) -> BuildQuerySet:
        """A document is for nobody but the one who ordered it: it holds what that person may read."""
        return self.fresh().filter(owner=person_id)

    def stalled(self) -> BuildQuerySet:
        """Waiting or being made for so long that nobody works on them any more."""
        return self.filter(state__in=OPEN, ordered_at__lt=timezone.now() - PATIENCE)

    def outdated(self) -> BuildQuerySet:
        return self.filter(ordered_at__lte=timezone.now() - KEPT)


class Build(models.Model):
    """One order and what has become of it. `subject` is what its kind needs to make it, such as an id."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.JSONField(default=dict)
    title = models.CharField(_("Titel"), max_length=200)
    back = models.CharField(max_length=300)  # the page that it was ordered on
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to=_place, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    ordered_at = models.DateTimeField(default=timezone.now)

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="build_state_known"),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="build_done_within_total"),
            models.CheckConstraint(
                condition=Q(state=State.DONE) ^ Q(file=""), name="build_has_its_file_when_done"
            ),
            # A double click is one order.
            models.UniqueConstraint(
                fields=["owner", "kind", "subject"], condition=Q(state__in=OPEN), name="build_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:build", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def kept_until(self) -> datetime:
        return self.ordered_at + KEPT
