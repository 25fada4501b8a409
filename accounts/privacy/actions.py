"""Forgetting a person."""

from __future__ import annotations

import pghistory
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.privacy import FORMER_MEMBER, own, sources


class NotYetError(Exception):
    """Something has to be handed over first; the text says what."""


def objections(person: User) -> list[str]:
    """What stands in the way of erasing this person, in sentences."""
    return [said for source in sources() if (said := source.objection(person))]


@transaction.atomic
def erase(*, person: User, by: User) -> None:
    """Take a person out of the portal; their texts stay. Raises NotYetError.

    The row remains without anything that names them, so that versions and steps still have an author.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    if open_points := objections(person):
        raise NotYetError(" ".join(open_points))
    with pghistory.context(user=by.pk):
        for source in sources():
            source.erase(person)
        person.email = f"ehemals-{person.pk}@geloescht.invalid"
        person.name, person.office, person.phone, person.muted_mails = FORMER_MEMBER, "", "", []
        person.is_active = person.is_coordinator = person.is_staff = person.is_superuser = False
        person.erased_at, person.last_login = timezone.now(), None
        person.set_unusable_password()
        person.save()
        own.forget_events(person)
