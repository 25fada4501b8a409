"""Changes of a city that touch more than its own row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.db.models import F

from cities import search_entry
from cities.enums import NetworkStatus
from cities.models import City, FormerCitySlug, StatusChange
from cities.products import search_entry as products

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import User
    from cities.forms import ProfileForm


class AlreadyAdmittedError(Exception):
    """Somebody has taken the city into the network meanwhile."""


@transaction.atomic
def admit(*, city: City, status: NetworkStatus, joined_on: dt.date, by: User) -> None:
    """Take a municipality of the register into the network; raises AlreadyAdmittedError."""
    if not admit_many(city_ids=[city.pk], status=status, joined_on=joined_on, by=by):
        raise AlreadyAdmittedError


@transaction.atomic
def admit_many(
    *, city_ids: Collection[int], status: NetworkStatus, joined_on: dt.date, by: User | None
) -> int:
    """The same for several, by a command without a person; returns how many were not in it already."""
    locked = City.objects.select_for_update().filter(pk__in=city_ids).order_by("pk")
    new = [city for city in locked if not city.is_in_network]
    StatusChange.objects.bulk_create(
        StatusChange(city=city, before=city.status, after=status, since=joined_on, by=by) for city in new
    )
    keys = [city.pk for city in new]
    with pghistory.context(**({"user": by.pk} if by else {})):
        City.objects.filter(pk__in=keys).update(status=status, joined_on=joined_on, version=F("version") + 1)
    search_entry.refresh_many(keys)
    products.refresh_of(keys)
    return len(new)


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
