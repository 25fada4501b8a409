"""Who may do what with a write-up. Seeing it at all is `PracticeQuerySet.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import can_manage, can_write_for, is_coordinator, roles_of
from practices.enums import Status, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice


def can_write_any(user: User | AnonymousUser) -> bool:
    """Start a new write-up for some city."""
    return is_coordinator(user) or bool(roles_of(user))


def can_edit(user: User | AnonymousUser, practice: Practice) -> bool:
    """Its author while it is a draft of the own city; managers of its city and coordinators always."""
    if can_manage(user, practice.city):
        return True
    return (
        user.is_authenticated
        and can_write_for(user, practice.city)
        and practice.created_by_id == user.pk
        and practice.status != Status.ARCHIVED
    )


def can_submit(user: User | AnonymousUser, practice: Practice) -> bool:
    return practice.status == Status.DRAFT and can_edit(user, practice)


def can_publish(user: User | AnonymousUser, practice: Practice) -> bool:
    """Publish a draft or a submitted write-up, or return a submitted one."""
    return practice.status in {Status.DRAFT, Status.IN_REVIEW} and can_manage(user, practice.city)


def can_archive(user: User | AnonymousUser, practice: Practice) -> bool:
    return practice.status == Status.PUBLISHED and can_manage(user, practice.city)


def can_see_city(user: User | AnonymousUser, practice: Practice) -> bool:
    """Whether city, people and history of a write-up may be shown to this person."""
    return (
        practice.visibility != Visibility.ANONYMOUS
        or is_coordinator(user)
        or practice.city_id in roles_of(user)
    )
