"""Whom to ask about a service in a city: the office entered for it, else the city's own contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.callees import Callee, contact_of
from topics.ozg.permissions import can_see_whom_to_ask

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City
    from topics.models import ServiceProgress


def entered_for(progress: ServiceProgress, reader: User | AnonymousUser) -> Callee | None:
    """The office that the city named for this service; None where the reader may know of none."""
    if not can_see_whom_to_ask(reader) or not (progress.office or progress.email):
        return None
    return Callee(progress.office or progress.email, email=progress.email)


def contact_of_city(city: City, reader: User | AnonymousUser) -> Callee | None:
    """As on the city's own page. Load `contact_user` with the city."""
    return contact_of(city, shows_people=can_see_whom_to_ask(reader), unnamed=city.name)


def whom_to_ask(progress: ServiceProgress, reader: User | AnonymousUser) -> list[Callee]:
    """The office for the service, and the city's contact where that cannot be reached by itself."""
    office = entered_for(progress, reader)
    if office and office.is_reachable:
        return [office]
    return [callee for callee in (office, contact_of_city(progress.city, reader)) if callee]
