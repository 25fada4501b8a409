"""The municipalities that are most like one, read by statements that are kept.

To build such a statement takes longer than to compare with the whole register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.comparable.measuring import Measured
from cities.comparable.traits import BALANCED, Weights
from cities.enums import IN_NETWORK
from cities.models import City
from search.kept import KeptSelect

if TYPE_CHECKING:
    from cities.querysets import CityQuerySet

IN, OUTSIDE, ALIKE = KeptSelect(), KeptSelect(), KeptSelect()


def nearest_in_network(city: City, number: int, weights: Weights = BALANCED) -> list[City]:
    """Members and guests, with what `CityQuerySet.comparable_to` annotates. One query."""
    return _nearest(IN, City.objects.in_network(), city, number, weights)


def nearest_outside(city: City, number: int, weights: Weights = BALANCED) -> list[City]:
    """The same of all others in the register. One query."""
    return _nearest(OUTSIDE, City.objects.exclude(status__in=IN_NETWORK), city, number, weights)


def alike(city: City) -> list[City]:
    """Those that count as „Städte wie“ this one, the most similar first. One query."""
    own = Measured.of(city).counting(BALANCED)

    def build(pk: int, **known: float | str) -> CityQuerySet:
        return City.objects.in_network().like(Measured(pk, known))

    return ALIKE.rows(own.shape, build, pk=own.pk, **own.known)


def _nearest(kept: KeptSelect, among: CityQuerySet, city: City, number: int, weights: Weights) -> list[City]:
    own = Measured.of(city).counting(weights)

    def build(pk: int, **known: float | str) -> CityQuerySet:
        return among.nearest_to(Measured(pk, known), number, weights)

    return kept.rows((own.shape, number, tuple(weights.items())), build, pk=own.pk, **own.known)
