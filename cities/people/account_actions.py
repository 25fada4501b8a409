"""Writes of the coordination about accounts: moving people between cities, closing and opening accounts."""

from __future__ import annotations

from importlib import import_module

import pghistory
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from accounts.models import User
from cities.enums import Role
from cities.models import City, Membership


class AlreadyThereError(Exception):
    """The person acts for that city already."""


class NotOneselfError(Exception):
    """Nobody closes the own account here: somebody has to be left who could open it again."""


@transaction.atomic
def assign(*, person: User, city: City, role: Role, leaving: Membership | None, by: User) -> Membership:
    """Have a person act for a city, and for another one no longer. Raises AlreadyThereError.

    What the person wrote stays with the former city; where they were its contact it becomes an orphan. Raises
    Membership.DoesNotExist when somebody has ended the former role meanwhile.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two at once would not see each other's
    if Membership.objects.filter(user=person, city=city).exists():
        raise AlreadyThereError
    with pghistory.context(user=by.pk):
        if leaving is not None:
            Membership.objects.select_for_update().get(pk=leaving.pk).delete()
        return Membership.objects.create(user=person, city=city, role=role)


@transaction.atomic
def deactivate(*, person: User, by: User) -> None:
    """Close an account at once, on every device; roles and texts stay. Raises NotOneselfError."""
    if person == by:
        raise NotOneselfError
    _set_active(person, is_active=False, by=by)
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.filter(
        session_key__in=keys
    ).delete()
    UserSession.objects.filter(user=person).delete()


@transaction.atomic
def reactivate(*, person: User, by: User) -> None:
    """Open a closed account again, with the roles it had."""
    _set_active(person, is_active=True, by=by)


def _set_active(person: User, *, is_active: bool, by: User) -> None:
    locked = User.objects.select_for_update().get(pk=person.pk, erased_at=None)
    locked.is_active = is_active
    with pghistory.context(user=by.pk):
        locked.save(update_fields=["is_active"])
