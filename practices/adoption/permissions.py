"""Who may enter an adoption, and who stands behind it for the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    """Enter an adoption of something published for some city that has had no part in it."""
    return thing.status == Status.PUBLISHED and acts_for_another(user, thing)  # the same word for blocks


def acts_for_another(user: User | AnonymousUser, thing: Practice | BuildingBlock) -> bool:
    """Acts for a city that has had no part in it, whether or not it can be taken over now."""
    if is_coordinator(user):
        return True
    own = set(roles_of(user))
    return bool(own) and bool(own - makers_of(thing))


def makers_of(thing: Any) -> set[int]:
    """The city that has made it and, of a joint write-up, its partner cities: none of them takes it over.

    `partner_ids` comes with `PracticeQuerySet.with_partner_ids`; without it they are read.
    """
    partners = getattr(thing, "partner_ids", None)
    if partners is None and hasattr(thing, "partner_cities"):
        partners = thing.partner_cities.values_list("pk", flat=True)
    return {thing.city_id, *(partners or ())}


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
