"""Whom to call about something that a city does: those named for it, else the city itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.callees import Callee, contact_of, deputy_of
from cities.permissions import is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.contacts import ContactWithDeputy
    from accounts.models import User
    from cities.models import City


def callees(record: ContactWithDeputy, city: City, reader: User | AnonymousUser) -> list[Callee]:
    """The contact and the deputy of `record`; the city's own office where the reader knows of neither."""
    shows_people = is_member(reader)
    found = contact_of(record, shows_people=shows_people), deputy_of(record, shows_people=shows_people)
    named = [callee for callee in found if callee]
    if any(callee.is_reachable for callee in named):
        return named
    return named + callees_of_city(city)


def callees_of_city(city: City) -> list[Callee]:
    """The city's own office; none where it has named no way to reach it."""
    if not (city.contact_email or city.contact_phone):
        return []
    name = city.contact_name or str(city)
    return [Callee(name, email=city.contact_email, phone=city.contact_phone, is_of_city=True)]
