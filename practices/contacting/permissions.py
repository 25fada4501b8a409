"""Who may ask the city behind a write-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import is_coordinator, is_member, roles_of
from practices.enums import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice


def can_ask(user: User | AnonymousUser, practice: Practice) -> bool:
    """Members, about what another city has published. Visitors see whom to call."""
    return practice.status == Status.PUBLISHED and is_member(user) and practice.city_id not in roles_of(user)


def can_pass_on(user: User | AnonymousUser) -> bool:
    return is_coordinator(user)
