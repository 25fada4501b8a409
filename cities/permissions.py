"""Who may do what for a city. Every other app's permissions build on these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.enums import Role
from search.models import Audience

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City, Membership


def roles_of(user: User | AnonymousUser) -> dict[int, Role]:
    """Role by id of the network's cities; read once a request and kept on the user object.

    People of a city that left the network keep their membership, but it opens nothing until the city is back.
    """
    if not user.is_authenticated:
        return {}
    roles: dict[int, Role] | None = getattr(user, "_city_roles", None)
    if roles is None:
        pairs = getattr(user, "roles_read_along", None)
        if pairs is None:
            pairs = user.memberships.in_network().values_list("city_id", "role")
        roles = {int(city_id): Role(role) for city_id, role in pairs}
        user._city_roles = roles  # type: ignore[attr-defined]
    return roles


def city_ids_of(user: User | AnonymousUser) -> list[int]:
    """The cities that this person acts for."""
    return list(roles_of(user))


def is_coordinator(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_coordinator


def is_member(user: User | AnonymousUser) -> bool:
    """Reads what the network shares: acts for one of its cities or coordinates it."""
    return is_coordinator(user) or bool(roles_of(user))


def audience_of(user: User | AnonymousUser) -> Audience:
    """Which search entries a person may know of."""
    return Audience.NETWORK if is_member(user) else Audience.PUBLIC


def can_write_for(user: User | AnonymousUser, city: City) -> bool:
    """Write and submit practices: everybody of the city, coordinators for every city."""
    return is_coordinator(user) or city.pk in roles_of(user)


def can_manage(user: User | AnonymousUser, city: City) -> bool:
    """Edit the profile, invite people, publish, name topic leaders."""
    return is_coordinator(user) or roles_of(user).get(city.pk) == Role.MANAGER


def can_invite(user: User | AnonymousUser, city: City) -> bool:
    return city.is_in_network and can_manage(user, city)


def can_remove(user: User | AnonymousUser, membership: Membership) -> bool:
    return can_manage(user, membership.city)


def can_admit(user: User | AnonymousUser) -> bool:
    """Take a city of the register into the network or change its status."""
    return is_coordinator(user)
