"""What a city has given to others and taken from them, read along with the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cities.permissions import city_ids_of
from practices.adoption.compact import adoption_of, compact_row
from practices.models import Adoption

if TYPE_CHECKING:
    from django.http import HttpRequest

    from practices.adoption.querysets import AdoptionQuerySet

MOST = 6


@dataclass(frozen=True)
class GiveAndTake:
    """`cities` have taken over `things` of this one; `taken` is what it took over, MOST and one more.

    `examples` of the adoptions that give it credit are invented.
    """

    cities: int
    things: int
    examples: int
    taken: list[Adoption]

    @classmethod
    def of(cls, city: Any) -> GiveAndTake:
        """`city` was read with `give_and_take`."""
        taken = [adoption_of(row) for row in city.adoptions_taken or []]
        return cls(city.given_to, city.given, city.given_examples, taken)


def give_and_take(request: HttpRequest) -> dict[str, Any]:
    """Annotations of a query of cities, as far as the reader may know of it.

    People of a city see all that is theirs, whatever it is of.
    """
    reader = request.user
    shown = Q(pk__in=Adoption.objects.all().shown_to(reader).values("pk"))
    own = Adoption.objects.there().filter(shown | Q(city__in=city_ids_of(reader)), city=OuterRef("pk"))
    newest = own.order_by(F("confirmed_on").desc(nulls_last=True), "-pk").values(row=compact_row())
    theirs = Adoption.objects.counted().of_readable_things(reader)
    theirs = theirs.filter(Q(practice__city=OuterRef("pk")) | Q(block__city=OuterRef("pk")))
    things = Count("practice", distinct=True) + Count("block", distinct=True)
    return {
        "given_to": _number(theirs, Count("city", distinct=True)),
        "given": _number(theirs, things),
        "given_examples": _number(theirs, Count("pk", filter=Q(is_demo=True))),
        "adoptions_taken": ArraySubquery(newest[: MOST + 1]),
    }


def _number(rows: AdoptionQuerySet, counted: Any) -> Coalesce:
    """A number over all rows, as an expression."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=counted)
    return Coalesce(Subquery(grouped.values("number"), output_field=models.IntegerField()), 0)
