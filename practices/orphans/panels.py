"""What becomes of a person's write-ups when they leave a city."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cities.models import Membership
from practices.enums import Status
from practices.models import Practice


def leaving(_request: HttpRequest, membership: Membership) -> dict[str, Any] | None:
    """How many write-ups of the city name this person as their contact."""
    theirs = Practice.objects.exclude(status=Status.ARCHIVED).filter(
        city=membership.city_id, contact_user=membership.user_id
    )
    number = theirs.count()
    return {"total": number, "name": membership.user.name} if number else None
