"""Reads of the cities app, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Value
from django.utils import timezone

from cities.enums import NetworkStatus
from search.folding import Fold

if TYPE_CHECKING:
    from cities.models import City, Invitation, Membership


class CityQuerySet(models.QuerySet["City"]):
    def in_network(self) -> CityQuerySet:
        """Members and guests."""
        return self.exclude(status=NetworkStatus.OUTSIDE)

    def members(self) -> CityQuerySet:
        return self.filter(status=NetworkStatus.MEMBER)

    def matching_name(self, text: str) -> CityQuerySet:
        """Names that contain what was typed, however Umlauts were written; best first."""
        needle = text.strip()
        return (
            self.annotate(
                starts=models.ExpressionWrapper(
                    models.Q(folded_name__startswith=Fold(Value(needle))), output_field=models.BooleanField()
                )
            )
            .filter(folded_name__contains=Fold(Value(needle)))
            .order_by("-starts", models.F("population").desc(nulls_last=True), "sort_name", "ags")
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def for_city(self, city: City) -> MembershipQuerySet:
        return self.filter(city=city).select_related("user").order_by("user__name")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> InvitationQuerySet:
        """Sent, not answered and not withdrawn; open or expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> InvitationQuerySet:
        """Sent, not answered, not withdrawn and not expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
