"""Changes of a city that touch more than its own row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from cities import search_entry
from cities.enums import NetworkStatus
from cities.models import City, FormerCitySlug, StatusChange
from cities.products import search_entry as products

if TYPE_CHECKING:
    from accounts.models import User
    from cities.forms import ProfileForm


class AlreadyAdmittedError(Exception):
    """Somebody has taken the city into the network meanwhile."""


@transaction.atomic
def admit(*, city: City, status: NetworkStatus, joined_on: dt.date, by: User) -> None:
    """Take a municipality of the register into the network; raises AlreadyAdmittedError."""
    locked = City.objects.select_for_update().get(pk=city.pk)
    if locked.is_in_network:
        raise AlreadyAdmittedError
    StatusChange.objects.create(city=locked, before=locked.status, after=status, since=joined_on, by=by)
    locked.status, locked.joined_on = status, joined_on
    locked.version += 1
    with pghistory.context(user=by.pk):
        locked.save(update_fields=["status", "joined_on", "version"])
    search_entry.refresh(locked)
    products.refresh_of(locked)


@transaction.atomic
def save_profile(*, form: ProfileForm, by: User) -> City:
    """Save a checked form; a changed address goes on leading to the page."""
    former = form.initial.get("slug")
    with pghistory.context(user=by.pk):
        city: City = form.save()
    search_entry.refresh(city)
    if former and former != city.slug:
        keep_former_address(city=city, former=former)
    return city


@transaction.atomic
def keep_former_address(*, city: City, former: str) -> None:
    """The city has moved to another slug: have the former one lead there."""
    FormerCitySlug.objects.filter(slug=city.slug).delete()
    FormerCitySlug.objects.create(slug=former, city=city)
