"""Reads of what is being typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User
    from practices.models import Presence, WorkingCopy
    from practices.querysets import PracticeQuerySet

AWAY_AFTER = timedelta(seconds=90)  # three of the browser's signs of life


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def of(self, author: User) -> WorkingCopyQuerySet:
        """This person's own; there is no other way to read one."""
        return self.filter(author=author.pk)

    def unsaved_by(self, author: User, *, among: PracticeQuerySet) -> WorkingCopyQuerySet:
        """What this person has not saved yet, the latest first: new write-ups, and sections of `among`."""
        mine = self.of(author).filter(Q(practice=None) | Q(practice__in=among))
        return mine.select_related("practice").order_by("-saved_at", "-pk")


class PresenceQuerySet(models.QuerySet["Presence"]):
    def here(self) -> PresenceQuerySet:
        """Whose browser has lately given a sign of life."""
        return self.filter(seen_at__gte=timezone.now() - AWAY_AFTER)

    def beside(self, user: User) -> PresenceQuerySet:
        """All but this person, those who came first before others."""
        return self.here().exclude(user=user.pk).order_by("since", "pk")
