"""Contracts of several cities for the same purpose that end within a year: a chance to buy together."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Value

from cities.products.models import ProductUse

WITHIN = dt.timedelta(days=365)
LEAST_CITIES = 2
MOST_CONTRACTS = 2_000  # that are looked at, those that end first


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

    Only those in which a contract of this city or product takes part. One query, which leaves out what
    nothing ends close to.
    """
    near = ProductUse.objects.ending().filter(
        folded_purpose=OuterRef("folded_purpose"),
        contract_ends__gte=OuterRef("contract_ends") - Value(WITHIN),
        contract_ends__lte=OuterRef("contract_ends") + Value(WITHIN),
    )
    uses = ProductUse.objects.ending().filter(Exists(near.exclude(city=OuterRef("city"))))
    if city_id is not None:
        uses = uses.filter(Exists(near.filter(city=city_id)))
    if product_id is not None:
        uses = uses.filter(Exists(near.filter(product=product_id)))
    purposes: defaultdict[str, list[ProductUse]] = defaultdict(list)
    for use in uses[:MOST_CONTRACTS]:
        purposes[use.folded_purpose].append(use)
    found = [_largest(contracts, city_id, product_id) for contracts in purposes.values()]
    return sorted(filter(None, found), key=lambda chance: str(chance.uses[0].contract_ends))


def _largest(contracts: Sequence[ProductUse], city_id: int | None, product_id: int | None) -> Chance | None:
    """Of all windows of a year the one with the most cities, the first of several. One pass."""
    days = [use.contract_ends or dt.date.max for use in contracts]
    cities: Counter[int] = Counter()
    products: Counter[int] = Counter()
    best, most, end = slice(0), LEAST_CITIES - 1, 0
    for first, use in enumerate(contracts):
        while end < len(contracts) and days[end] - days[first] <= WITHIN:
            cities[contracts[end].city_id] += 1
            products[contracts[end].product_id] += 1
            end += 1
        is_of_city = city_id is None or cities[city_id]
        is_of_product = product_id is None or products[product_id]
        if is_of_city and is_of_product and len(cities) > most:
            best, most = slice(first, end), len(cities)
        for counter, key in ((cities, use.city_id), (products, use.product_id)):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]
    window = contracts[best]
    return Chance(window[0].purpose, window) if window else None
