"""Whom to call about a topic: offices are shown to everybody, accounts behind them to members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from topics.permissions import can_see_people

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.contacts import Contact
    from accounts.models import User
    from topics.models import Leadership


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


def callees(leadership: Leadership, reader: User | AnonymousUser) -> list[Callee]:
    """The contact and the deputy; the city's own contact where neither is known to the reader."""
    named = list(_named(leadership, reader))
    if any(callee.is_reachable for callee in named):
        return named
    city: Contact = leadership.city
    if city.contact_email or city.contact_phone:
        named.append(
            Callee(
                city.contact_name or str(city),
                email=city.contact_email,
                phone=city.contact_phone,
                is_of_city=True,
            )
        )
    return named


def _named(leadership: Leadership, reader: User | AnonymousUser) -> Iterator[Callee]:
    one = leadership
    contact = _callee(
        reader, one.contact_user, one.contact_name, one.contact_email, one.contact_phone, is_deputy=False
    )
    deputy = _callee(
        reader, one.deputy_user, one.deputy_name, one.deputy_email, one.deputy_phone, is_deputy=True
    )
    yield from (callee for callee in (contact, deputy) if callee)


def _callee(
    reader: User | AnonymousUser, user: User | None, name: str, email: str, phone: str, *, is_deputy: bool
) -> Callee | None:
    if user and user.is_active and can_see_people(reader):
        person = str(user) if name and str(user) != name else ""
        name, email, phone = name or str(user), email or user.email, phone or user.phone
    else:
        person = ""
    if not (name or email or phone):
        return None
    return Callee(name or email or phone, person, email, phone, is_deputy)
