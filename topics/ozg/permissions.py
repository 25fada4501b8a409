"""Who may do what with the OZG. Reading is for everybody; whom to ask is for members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import can_write_for, is_coordinator, is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City


def can_keep_catalogue(user: User | AnonymousUser) -> bool:
    """Import the catalogue of services."""
    return is_coordinator(user)


def can_enter(user: User | AnonymousUser, city: City) -> bool:
    """Say how far a city is: everybody who acts for it, coordinators for every city of the network."""
    return city.is_in_network and can_write_for(user, city)


def can_see_whom_to_ask(user: User | AnonymousUser) -> bool:
    """An address that somebody typed may be a person's, so it is not for the whole world."""
    return is_member(user)
