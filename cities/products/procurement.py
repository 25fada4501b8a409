"""Contracts of several cities for the same purpose that end within a year: a chance to buy together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from cities.products.models import ProductUse

WITHIN = timedelta(days=365)
LEAST_CITIES = 2
MOST_CONTRACTS = 2_000


@dataclass(frozen=True)
class Chance:
    """Contracts that end close together, the first to end first; the row of each leads to its city."""

    purpose: str
    uses: Sequence[ProductUse]

    @property
    def cities(self) -> int:
        return len({use.city_id for use in self.uses})


def chances(city_id: int | None = None, product_id: int | None = None) -> list[Chance]:
    """For each purpose the contracts of which most cities could be let together, the soonest first.

    Only those in which a contract of this city or product takes part. One query.
    """
    uses = ProductUse.objects.ending().order_by("folded_purpose", "contract_ends", "pk")[:MOST_CONTRACTS]
    found = [
        chance
        for _purpose, contracts in groupby(uses, key=lambda use: use.folded_purpose)
        if (chance := _largest(list(contracts), city_id, product_id))
    ]
    return sorted(found, key=lambda chance: str(chance.uses[0].contract_ends))


def _largest(contracts: Sequence[ProductUse], city_id: int | None, product_id: int | None) -> Chance | None:
    """Of all windows of a year the one with the most cities, the first of several."""
    best: Chance | None = None
    for first in range(len(contracts)):
        window = list(_within_a_year(contracts[first:]))
        takes_part = (city_id is None or any(use.city_id == city_id for use in window)) and (
            product_id is None or any(use.product_id == product_id for use in window)
        )
        chance = Chance(window[0].purpose, window)
        if takes_part and chance.cities >= LEAST_CITIES and (best is None or chance.cities > best.cities):
            best = chance
    return best


def _within_a_year(contracts: Sequence[ProductUse]) -> Iterable[ProductUse]:
    start = contracts[0].contract_ends
    for use in contracts:
        if start is not None and use.contract_ends is not None and use.contract_ends - start <= WITHIN:
            yield use
