"""Who may give an opinion on a write-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from cities.permissions import city_ids_of, is_coordinator, roles_of
from practices.enums import Status
from practices.models import PracticeTopic
from topics.enums import Engagement
from topics.models import Leadership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice

ENGAGED = [Engagement.LEADS, Engagement.WORKS_ON]


def engaged_cities(user: User | AnonymousUser, practice_id: Any) -> Q:
    """Leaderships by which this person's cities lead a topic of the write-up, or work on it.

    `practice_id` may be a reference to an outer query.
    """
    topics = PracticeTopic.objects.filter(practice=practice_id)
    near = Q()
    for way in ("topic", "topic__parent", "topic__parent__parent"):
        near |= Q(topic__in=topics.values(way))
    return near & Q(city__in=city_ids_of(user), engagement__in=ENGAGED)


def leads_a_topic(user: User | AnonymousUser) -> Exists:
    """For a query of write-ups."""
    return Exists(Leadership.objects.filter(engaged_cities(user, OuterRef(OuterRef("pk")))))


def can_review(user: User | AnonymousUser, practice: Practice) -> bool:
    """Coordinators, and people of cities that lead or work on one of its topics; never of the own city.

    Whoever read the write-up through `practice_for` knows `leads_topic` already; else it costs a query.
    """
    if practice.status != Status.PUBLISHED or practice.city_id in roles_of(user):
        return False
    if is_coordinator(user):
        return True
    leads: bool | None = getattr(practice, "leads_topic", None)
    if leads is None:
        leads = bool(roles_of(user)) and Leadership.objects.filter(engaged_cities(user, practice.pk)).exists()
    return leads
