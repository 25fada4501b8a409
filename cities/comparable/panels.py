"""The municipalities that are most like a city, on its page and as lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from cities.comparable.nearest import nearest_in_network
from cities.comparable.reasons import Reasons, reasons, unknown_of
from cities.enums import NetworkStatus
from cities.models import City
from cities.querysets import STILL_ALIKE

ON_CITY_PAGE = 3


@dataclass(frozen=True)
class Similar:
    """A municipality as the page lists it; `url` is empty where the reader may not see its page."""

    city: City
    url: str
    reasons: Reasons

    @property
    def is_alike(self) -> bool:
        """Whether it counts as a city like the other, not just as the nearest there is."""
        return bool(self.city.unlikeness <= STILL_ALIKE)  # type: ignore[attr-defined]


def of_city(_request: HttpRequest, city: City) -> dict[str, Any] | None:
    """The three most similar members on a city's page, with the reason. One query."""
    members = nearest_in_network(city, ON_CITY_PAGE)
    return {"city": city, "similar": similar(city, members)} if members else None


def similar(city: City, others: Iterable[City], *, opens_register: bool = False) -> list[Similar]:
    """What is not known of the city itself is said once for all, not in each row."""
    own = unknown_of(city)
    found = []
    for each in others:
        why = reasons(city, each)
        why.unknown = [label for label in why.unknown if label not in own]
        has_page = opens_register or each.status != NetworkStatus.OUTSIDE
        found.append(Similar(each, each.get_absolute_url() if has_page else "", why))
    return found
