"""What a city has given to others and taken from them, read along with the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from practices.adoption.compact import adoption_of, compact_row
from practices.models import Adoption

if TYPE_CHECKING:
    from practices.adoption.querysets import AdoptionQuerySet, Person

MOST = 6


@dataclass(frozen=True)
class GiveAndTake:
    """`cities` have taken over `things` of this one.

    It has taken over `taken_number` itself, of which `taken` are MOST. Only what counts is
    among them: confirmed, and in use as a pilot or for good.

    `examples` of the adoptions that give it credit are invented.
    """

    cities: int
    things: int
    examples: int
    taken_number: int
    taken: list[Adoption]

    @classmethod
    def of(cls, city: Any) -> GiveAndTake:
        """`city` was read with `give_and_take`."""
        taken = [adoption_of(row) for row in city.adoptions_taken or []]
        takers = set(city.takers_of_practices or ()) | set(city.takers_of_blocks or ())
        return cls(len(takers), city.given, city.given_examples, city.taken_number, taken)


def give_and_take(reader: Person) -> dict[str, Any]:
    """Annotations of a query of cities, as far as the reader may know of it.

    People of a city see what it took over, whatever it is of.
    """
    taken = Adoption.objects.counted().filter(city=OuterRef("pk")).visible_to(reader)
    newest = taken.order_by("-confirmed_on", "-pk").values(row=compact_row())
    practices, blocks = taken_from(reader, OuterRef(OuterRef("pk")))
    examples = Count("pk", filter=Q(is_demo=True))
    return {
        "takers_of_practices": takers(practices),
        "takers_of_blocks": takers(blocks),
        "given": _number(practices, Count("practice", distinct=True))
        + _number(blocks, Count("block", distinct=True)),
        "given_examples": _number(practices, examples) + _number(blocks, examples),
        "taken_number": _number(taken, Count("pk")),
        "adoptions_taken": ArraySubquery(newest[:MOST]),
    }


def taken_from(reader: Person, city: Any) -> tuple[AdoptionQuerySet, AdoptionQuerySet]:
    """What others have taken over from a city: of its write-ups, and of its blocks.

    Each by itself is found by an index; both in one condition take a look at every adoption there is.
    """
    counted = Adoption.objects.counted()
    return (
        counted.of_readable_practices(reader, city=city),
        counted.of_readable_blocks(reader, city=city),
    )


def takers(adoptions: AdoptionQuerySet) -> ArraySubquery:
    """The ids of the adopting cities, each once."""
    return ArraySubquery(adoptions.order_by().values("city").distinct())


def _number(rows: AdoptionQuerySet, counted: Any) -> Coalesce:
    """A number over all rows, as an expression."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=counted)
    return Coalesce(Subquery(grouped.values("number"), output_field=models.IntegerField()), 0)
