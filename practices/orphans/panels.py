"""What becomes of write-ups when a person leaves a city, or a city the network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cities.models import City, Membership
from practices.enums import Status
from practices.models import Practice


def leaving(_request: HttpRequest, membership: Membership) -> dict[str, Any] | None:
    """How many write-ups of the city name this person as their contact."""
    theirs = Practice.objects.exclude(status=Status.ARCHIVED).filter(
        city=membership.city_id, contact_user=membership.user_id
    )
    number = theirs.count()
    return {"total": number, "name": membership.user.name} if number else None


def standing(_request: HttpRequest, city: City) -> dict[str, Any]:
    """How many write-ups stay when the city pauses or leaves."""
    return {"total": Practice.objects.published().filter(city=city).count()}
