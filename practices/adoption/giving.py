"""What a city has given to others and taken from them, read in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cities.models import City
from cities.permissions import city_ids_of
from practices.adoption.compact import adoption_of, compact_row
from practices.models import Adoption

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.adoption.querysets import AdoptionQuerySet


@dataclass(frozen=True)
class GiveAndTake:
    """`cities` have taken over `things` of this one; `taken` is what it took over, as rows of a list.

    `examples` of the adoptions that give it credit are invented.
    """

    cities: int
    things: int
    examples: int
    taken: list[Adoption]


def give_and_take(city: City, reader: User | AnonymousUser, *, most: int) -> GiveAndTake:
    """As far as this person may know of it. People of the city see what is theirs, whatever it is of."""
    adoptions = Adoption.objects.filter(city=city)
    is_own = city.pk in city_ids_of(reader)
    own = adoptions.there() if is_own else adoptions.shown_to(reader)
    newest = own.order_by(F("confirmed_on").desc(nulls_last=True), "-pk").values(row=compact_row())
    theirs = Adoption.objects.counted().of_readable_things(reader)
    theirs = theirs.filter(Q(practice__city=city) | Q(block__city=city))
    things = Count("practice", distinct=True) + Count("block", distinct=True)
    found: dict[str, Any] = (
        City.objects.filter(pk=city.pk)
        .annotate(
            given_to=_number(theirs, Count("city", distinct=True)),
            given=_number(theirs, things),
            examples=_number(theirs, Count("pk", filter=Q(is_demo=True))),
            taken=ArraySubquery(newest[:most]),
        )
        .values("given_to", "given", "examples", "taken")
        .get()
    )
    taken = [adoption_of(row) for row in found["taken"] or []]
    return GiveAndTake(found["given_to"], found["given"], found["examples"], taken)


def _number(rows: AdoptionQuerySet, counted: Any) -> Coalesce:
    """A number over all rows, as an expression."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=counted)
    return Coalesce(Subquery(grouped.values("number"), output_field=models.IntegerField()), 0)
