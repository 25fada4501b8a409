"""Who may do what with a write-up. Seeing it at all is `PracticeQuerySet.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cities.permissions import can_manage, can_write_for, is_coordinator, roles_of
from practices.enums import Status, Visibility
from topics.permissions import managed_city_ids

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Practice


def can_write_any(user: User | AnonymousUser) -> bool:
    """Start a new write-up for some city."""
    return is_coordinator(user) or bool(roles_of(user))


def can_edit(user: User | AnonymousUser, practice: Practice) -> bool:
    """Its author as one of the city until it is archived; the city's managers and coordinators always."""
    if can_manage(user, practice.city):
        return True
    return (
        user.is_authenticated
        and can_write_for(user, practice.city)
        and practice.created_by_id == user.pk
        and practice.status != Status.ARCHIVED
    )


def require_edit(user: User | AnonymousUser, practice: Practice) -> None:
    """PermissionDenied, which answers 403, for those who may read it but not change it."""
    if not can_edit(user, practice):
        raise PermissionDenied(_("Diesen Beitrag bearbeiten nur seine Redaktion und die Koordination."))


def can_decide(user: User | AnonymousUser, practice: Practice) -> bool:
    """Publish, return, archive and reopen write-ups of its city."""
    return can_manage(user, practice.city)


def can_submit(user: User | AnonymousUser, practice: Practice) -> bool:
    return practice.status == Status.DRAFT and can_edit(user, practice)


def can_withdraw(user: User | AnonymousUser, practice: Practice) -> bool:
    """Take a submitted write-up back into a draft: who wrote it, as long as nobody has decided."""
    return practice.status == Status.IN_REVIEW and is_author(user, practice)


def is_author(user: User | AnonymousUser, practice: Practice) -> bool:
    """Wrote it, and still acts for its city."""
    return user.is_authenticated and practice.created_by_id == user.pk and can_write_for(user, practice.city)


def can_confirm(user: User | AnonymousUser, practice: Practice) -> bool:
    """Say that it still holds: who may edit it, and its contact and deputy."""
    is_asked = user.is_authenticated and user.pk in {practice.contact_user_id, practice.deputy_user_id}
    return is_asked or can_edit(user, practice)


def decides_somewhere(user: User | AnonymousUser) -> bool:
    """Has a queue of write-ups to decide on."""
    return is_coordinator(user) or bool(managed_city_ids(user))


class OfCity(Protocol):
    """A write-up, or what a list has read of it."""

    @property
    def visibility(self) -> str: ...
    @property
    def city_id(self) -> int: ...


def can_see_city(user: User | AnonymousUser, practice: OfCity) -> bool:
    """Whether city, people and history of a write-up may be shown to this person."""
    return (
        practice.visibility != Visibility.ANONYMOUS
        or is_coordinator(user)
        or practice.city_id in roles_of(user)
    )
