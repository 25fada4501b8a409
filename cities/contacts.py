"""Whom to call in a city: its office is shown to everybody, the account behind it to members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City


@dataclass(frozen=True)
class CityContact:
    """What the reader may know; `person` is the one behind the office."""

    name: str
    person: str
    email: str
    phone: str

    @property
    def phone_link(self) -> str:
        """The number as a `tel:` link wants it: „+49 (0) 631 365-0“ becomes +496313650."""
        return "".join(sign for sign in self.phone.replace("(0)", "") if sign.isdigit() or sign == "+")


def contact_of(city: City, reader: User | AnonymousUser) -> CityContact | None:
    """The city's contact, or None where the reader may know of none. Load `contact_user` with the city."""
    name, person, email, phone = city.contact_name, "", city.contact_email, city.contact_phone
    user = city.contact_user
    if user is not None and user.is_active and reader.is_authenticated:
        person = user.name if name and user.name != name else ""
        name, email, phone = name or str(user), email or user.email, phone or user.phone
    if not (name or email or phone):
        return None
    return CityContact(name or city.name, person, email, phone)
