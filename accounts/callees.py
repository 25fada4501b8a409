"""Whom a reader may call: offices are shown to everybody, the accounts behind them where `shows_people`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.contacts import Contact, ContactWithDeputy
    from accounts.models import User


@dataclass(frozen=True)
class Callee:
    """An office or a person, with what the reader may know of it; `person` is the one behind an office."""

    name: str
    person: str = ""
    email: str = ""
    phone: str = ""
    is_deputy: bool = False
    is_of_city: bool = False

    @property
    def phone_link(self) -> str:
        """The number as a `tel:` link wants it: „+49 (0) 631 365-0“ becomes +496313650."""
        return "".join(sign for sign in self.phone.replace("(0)", "") if sign.isdigit() or sign == "+")

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone)


def contact_of(record: Contact, *, shows_people: bool, unnamed: str = "") -> Callee | None:
    """The contact, or None where the reader may know of none. Load `contact_user` with the record.

    `unnamed` stands for a contact of which only an address or number is known.
    """
    contact = _callee(
        shows_people, record.contact_user, record.contact_name, record.contact_email, record.contact_phone
    )
    return (
        replace(contact, name=contact.name or unnamed or contact.email or contact.phone) if contact else None
    )


def deputy_of(record: ContactWithDeputy, *, shows_people: bool) -> Callee | None:
    """The deputy, or None where the reader may know of none. Load `deputy_user` with the record."""
    deputy = _callee(
        shows_people, record.deputy_user, record.deputy_name, record.deputy_email, record.deputy_phone
    )
    return (
        replace(deputy, name=deputy.name or deputy.email or deputy.phone, is_deputy=True) if deputy else None
    )


def _callee(shows_people: bool, user: User | None, name: str, email: str, phone: str) -> Callee | None:
    person = ""
    if user and user.is_active and shows_people:
        person = str(user) if name and str(user) != name else ""
        name, email, phone = name or str(user), email or user.email, phone or user.phone
    if not (name or email or phone):
        return None
    return Callee(name, person, email, phone)
