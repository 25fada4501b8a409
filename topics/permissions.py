"""Who may do what with the topic map.

The map itself belongs to the coordinators. Managers name the topic leaders of their own city: they edit
person, deputy, promise and dates of their city's entries, add their city to a topic and take it away again.
Whether a city leads a topic is agreed in the network, so only coordinators give and take the lead.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cities.enums import Role
from cities.permissions import can_manage, is_coordinator, is_member, roles_of
from topics.enums import Engagement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from topics.models import Leadership


def can_curate(user: User | AnonymousUser) -> bool:
    """Create, rename, describe, move, order and delete topics."""
    return is_coordinator(user)


def can_describe(user: User | AnonymousUser, leaders: Collection[int]) -> bool:
    """Keep the texts of a topic that these cities lead: everybody who acts for one of them."""
    return can_curate(user) or any(city_id in roles_of(user) for city_id in leaders)


def can_look_after(user: User | AnonymousUser) -> bool:
    """Has leaderships to look after: managers those of their own cities, coordinators all."""
    return is_coordinator(user) or bool(managed_city_ids(user))


def managed_city_ids(user: User | AnonymousUser) -> list[int]:
    return [city_id for city_id, role in roles_of(user).items() if role == Role.MANAGER]


def can_engage_cities(user: User | AnonymousUser, *, already: Collection[int] = ()) -> bool:
    """Enter some city under a topic that has some already: coordinators any, managers their own."""
    return is_coordinator(user) or any(city_id not in already for city_id in managed_city_ids(user))


def can_give_lead(user: User | AnonymousUser) -> bool:
    """Decide that a city leads a topic, or no longer does."""
    return is_coordinator(user)


def can_edit_leadership(user: User | AnonymousUser, leadership: Leadership) -> bool:
    return can_manage(user, leadership.city)


def can_remove_leadership(user: User | AnonymousUser, leadership: Leadership) -> bool:
    if leadership.engagement == Engagement.LEADS:
        return can_give_lead(user)
    return can_manage(user, leadership.city)


def can_see_people(user: User | AnonymousUser) -> bool:
    """See whose account stands behind a contact; offices and their numbers are public."""
    return is_member(user)
