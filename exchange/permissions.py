"""Who may do what with a request. Seeing it at all is `RequestQuerySet.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import can_manage, is_coordinator, is_member, roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from exchange.models import Answer, Request

    Person = User | AnonymousUser


def can_ask(user: Person) -> bool:
    """Ask the network: members for their cities, the coordination for every city and for the network."""
    return is_member(user)


def can_answer(user: Person) -> bool:
    """Members, whatever they may read; whether an answer is still awaited says the request."""
    return is_member(user)


def can_edit(user: Person, request: Request) -> bool:
    """Change it, say how it stands, withdraw it: who asked as one of its city, its managers, coordinators."""
    if is_coordinator(user):
        return True
    if request.city is None or request.city_id not in roles_of(user):
        return False
    return request.asked_by_id == user.pk or can_manage(user, request.city)


def can_change_answer(user: Person, answer: Answer) -> bool:
    """Change it or take it back: who wrote it as one of its city, the city's managers, coordinators."""
    if is_coordinator(user):
        return True
    if answer.city is None or answer.city_id not in roles_of(user):
        return False
    return answer.author_id == user.pk or can_manage(user, answer.city)
