"""What a city has given to others and taken from them, read in one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from cities.models import City
from cities.permissions import city_ids_of
from practices.models import Adoption, BuildingBlock, Practice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.adoption.querysets import AdoptionQuerySet

FIELDS = ["pk", "stage", "since", "confirmed_on", "next_check_on", "is_demo", "created_at"]
DAYS = ["confirmed_on", "next_check_on"]


@dataclass(frozen=True)
class GiveAndTake:
    """`cities` have taken over `things` of this one; `taken` is what it took over, as rows of a list."""

    cities: int
    things: int
    taken: list[Adoption]


def give_and_take(city: City, reader: User | AnonymousUser, *, most: int) -> GiveAndTake:
    """As far as this person may know of it. People of the city see what is theirs, whatever it is of."""
    adoptions = Adoption.objects.filter(city=city)
    is_own = city.pk in city_ids_of(reader)
    own = adoptions.there() if is_own else adoptions.shown_to(reader)
    newest = own.order_by(F("confirmed_on").desc(nulls_last=True), "-pk").values(row=_row())
    theirs = Adoption.objects.counted().of_readable_things(reader)
    theirs = theirs.filter(Q(practice__city=city) | Q(block__city=city))
    things = Count("practice", distinct=True) + Count("block", distinct=True)
    found: dict[str, Any] = (
        City.objects.filter(pk=city.pk)
        .annotate(
            given_to=_number(theirs, Count("city", distinct=True)),
            given=_number(theirs, things),
            taken=ArraySubquery(newest[:most]),
        )
        .values("given_to", "given", "taken")
        .get()
    )
    taken = [_adoption(row, city) for row in found["taken"] or []]
    return GiveAndTake(found["given_to"], found["given"], taken)


def _number(rows: AdoptionQuerySet, counted: Any) -> Coalesce:
    """A number over all rows, as an expression."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=counted)
    return Coalesce(Subquery(grouped.values("number"), output_field=models.IntegerField()), 0)


def _row() -> JSONObject:
    columns = {name: F(name) for name in FIELDS}
    for thing in ("practice", "block"):
        names = {"pk": f"{thing}_id"} | {
            name: f"{thing}__{name}" for name in ("title", "status", "visibility")
        }
        city = JSONObject(pk=f"{thing}__city_id", name=f"{thing}__city__name", slug=f"{thing}__city__slug")
        columns[thing] = JSONObject(city=city, **names)  # type: ignore[assignment]
    return JSONObject(**columns)


def _adoption(row: dict[str, Any], city: City) -> Adoption:
    """The row as the lists know it."""
    values = {name: row[name] for name in FIELDS}
    values |= {name: row[name] and dt.date.fromisoformat(row[name]) for name in DAYS}
    values["created_at"] = dt.datetime.fromisoformat(row["created_at"])
    for name, model in (("practice", Practice), ("block", BuildingBlock)):
        thing = row[name]
        if thing["pk"] is not None:
            values[name] = model(**thing | {"city": City(**thing["city"])})  # type: ignore[misc]
    return Adoption(city=city, **values)
