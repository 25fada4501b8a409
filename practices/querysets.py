"""Reads of the practices app, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from cities.permissions import city_ids_of
from practices.enums import Status, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice


class PracticeQuerySet(models.QuerySet["Practice"]):
    def published(self) -> PracticeQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def visible_to(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """What this person may read: published and archived ones by visibility, and the own city's drafts.

        A write-up that is anonymous in the network is readable for members; its city is hidden from them by
        `practices.permissions.can_see_city`, not here.
        """
        out = Q(status__in=[Status.PUBLISHED, Status.ARCHIVED])
        if not user.is_authenticated:
            return self.filter(out, visibility=Visibility.PUBLIC)
        if user.is_coordinator:
            return self
        own = Q(city__in=city_ids_of(user))
        return self.filter(out | own)

    def waiting_for_review(self) -> PracticeQuerySet:
        return self.filter(status=Status.IN_REVIEW)
