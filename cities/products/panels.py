"""What a city uses, on the city's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cities.permissions import is_member
from cities.products.models import ProductUse
from cities.products.permissions import can_enter

if TYPE_CHECKING:
    from cities.models import City

ON_CITY_PAGE = 8


def of_city(request: HttpRequest, city: City) -> dict[str, Any] | None:
    """„Produkte im Einsatz“, for members. One query."""
    if not is_member(request.user):
        return None
    uses = list(ProductUse.objects.of_city(city)[: ON_CITY_PAGE + 1])
    may_enter = can_enter(request.user, city)
    if not uses and not may_enter:
        return None
    return {
        "city": city,
        "uses": uses[:ON_CITY_PAGE],
        "has_more": len(uses) > ON_CITY_PAGE,
        "can_enter": may_enter,
    }
