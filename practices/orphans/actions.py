"""Giving write-ups a new contact."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pghistory
from django.db import transaction
from django.db.models import F

from accounts.models import User
from cities.models import City
from practices.models import Practice, Review

DEPUTY, CITY = "deputy", "city"
CONTACT_FIELDS = ["contact_user", "contact_name", "contact_email", "contact_phone"]
DEPUTY_FIELDS = ["deputy_user", "deputy_name", "deputy_email", "deputy_phone"]


@dataclass(frozen=True)
class NewContact:
    """What the contact fields become."""

    user: User | None
    name: str
    email: str
    phone: str

    @classmethod
    def person(cls, user: User) -> NewContact:
        return cls(user, user.name, user.email, user.phone)

    @classmethod
    def office(cls, city: City) -> NewContact | None:
        if not (city.contact_email or city.contact_phone):
            return None
        return cls(city.contact_user, city.contact_name or city.name, city.contact_email, city.contact_phone)

    @classmethod
    def deputy(cls, practice: Practice) -> NewContact | None:
        """The deputy, unless that account is closed too."""
        user = practice.deputy_user
        if (user and not user.is_active) or not (practice.deputy_email or practice.deputy_phone or user):
            return None
        email = practice.deputy_email or (user.email if user else "")
        return cls(user, practice.deputy_name or str(user or email), email, practice.deputy_phone)


@transaction.atomic
def hand_over(*, practices: Collection[Practice], to: str | User, by: User) -> list[Practice]:
    """Give write-ups a new contact: `to` is a person, DEPUTY or CITY. Returns those for which there is none.

    It is a new version, so that an open editor cannot bring the old contact back; „geprüft“ goes along,
    because the text is the same.
    """
    left = []
    with pghistory.context(user=by.pk):
        rows = Practice.objects.select_related("city__contact_user", "deputy_user")
        for practice in rows.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in practices]):
            contact = _contact(practice, to)
            if contact is None:
                left.append(practice)
            else:
                _set(practice, contact, by=by, was_deputy=to == DEPUTY)
    return left


def _contact(practice: Practice, to: str | User) -> NewContact | None:
    if isinstance(to, User):
        return NewContact.person(to)
    return NewContact.deputy(practice) if to == DEPUTY else NewContact.office(practice.city)


def _set(practice: Practice, contact: NewContact, *, by: User, was_deputy: bool) -> None:
    practice.contact_user, practice.contact_name = contact.user, contact.name
    practice.contact_email, practice.contact_phone = contact.email, contact.phone
    fields = list(CONTACT_FIELDS)
    if was_deputy:
        practice.deputy_user = None
        practice.deputy_name = practice.deputy_email = practice.deputy_phone = ""
        fields += DEPUTY_FIELDS
    Review.objects.filter(practice=practice, practice_version=practice.version).update(
        practice_version=F("practice_version") + 1
    )
    if practice.checked_version == practice.version:
        practice.checked_version += 1
    practice.version += 1
    practice.updated_by = by
    practice.save(update_fields=[*fields, "checked_version", "version", "updated_by", "updated_at"])
