"""What binds a city to the portal: apps name it, and a city with any of it cannot count as never admitted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cities.models import City


@dataclass(frozen=True)
class Tie:
    """One kind of things of a city: its rows, which have a field `city`, and how so many of them are said."""

    order: int
    rows: Callable[[], QuerySet[Any]]
    said: Callable[[int], str]


_ties: list[Tie] = []


def register(*ties: Tie) -> None:
    """Enter kinds of things; called from an app's `ready()`."""
    _ties.extend(ties)
    _ties.sort(key=lambda tie: tie.order)


def number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of these rows belong to the city of the outer query."""
    counted = rows.filter(city=OuterRef("pk")).order_by().values("city").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


def ties_of(city: City) -> list[str]:
    """What the city has in the portal, each with its number. One query."""
    numbers = {f"tie_{place}": number_of(tie.rows()) for place, tie in enumerate(_ties)}
    found = City.objects.filter(pk=city.pk).values_list(*numbers.values()).get()
    return [tie.said(number) for tie, number in zip(_ties, found, strict=True) if number]
