"""Who may enter an adoption, and who stands behind it for the city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.enums import Role
from cities.permissions import can_write_for, is_coordinator, roles_of
from practices.enums import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Adoption, BuildingBlock, Practice

CONFIRMING = (Role.MANAGER, Role.LEADER)


def confirming_city_ids(user: User | AnonymousUser) -> list[int]:
    """The cities for which this person may confirm as one of them."""
    return [city_id for city_id, role in roles_of(user).items() if role in CONFIRMING]


def can_confirm_for(user: User | AnonymousUser, city_id: int) -> bool:
    """Managers and leaders of the city alone: the coordination enters for a city, never answers for it."""
    return city_id in confirming_city_ids(user)


def can_adopt(user: User | AnonymousUser, thing: Practice | BuildingBlock) -> bool:
    """Enter an adoption of something published for some city that has not made it itself."""
    return thing.status == Status.PUBLISHED and acts_for_another(user, thing)  # the same word for blocks


def acts_for_another(user: User | AnonymousUser, thing: Practice | BuildingBlock) -> bool:
    """Acts for a city that has not made it itself, whether or not it can be taken over now."""
    return is_coordinator(user) or bool(set(roles_of(user)) - {thing.city_id})


def can_edit(user: User | AnonymousUser, adoption: Adoption) -> bool:
    """Everybody of the adopting city, and the coordination."""
    return can_write_for(user, adoption.city)


def can_confirm(user: User | AnonymousUser, adoption: Adoption) -> bool:
    return can_confirm_for(user, adoption.city_id)


def can_withdraw(user: User | AnonymousUser, adoption: Adoption) -> bool:
    """What has ever been confirmed is taken back by those who could confirm it, and by the coordination."""
    if is_coordinator(user) or can_confirm(user, adoption):
        return True
    return adoption.first_confirmed_on is None and can_edit(user, adoption)
