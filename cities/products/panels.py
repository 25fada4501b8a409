"""What a city uses, on the city's page."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from cities.permissions import is_member
from cities.products.models import Product, ProductUse
from cities.products.permissions import can_enter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City

ON_CITY_PAGE = 8
READ = "rows_of_products"


def reads(reader: User | AnonymousUser) -> dict[str, Any]:
    """The first rows as JSON with the city itself; nothing for people who may not see them."""
    if not is_member(reader):
        return {}
    row = JSONObject(
        name="product__name", vendor="product__vendor", slug="product__slug",
        purpose="purpose", since="since", contract_ends="contract_ends",
    )  # fmt: skip
    uses = ProductUse.objects.filter(city=OuterRef("pk")).order_by("product__sort_name", "pk")
    return {READ: ArraySubquery(uses.values(row=row)[: ON_CITY_PAGE + 1])}


def of_city(request: HttpRequest, city: City) -> dict[str, Any] | None:
    """„Produkte im Einsatz“, for members. No query: `reads` brings the rows."""
    if not is_member(request.user):
        return None
    uses = [_use(row) for row in getattr(city, READ, [])]
    may_enter = can_enter(request.user, city)
    if not uses and not may_enter:
        return None
    return {
        "city": city,
        "uses": uses[:ON_CITY_PAGE],
        "has_more": len(uses) > ON_CITY_PAGE,
        "can_enter": may_enter,
    }


def _use(row: dict[str, Any]) -> ProductUse:
    ends = row["contract_ends"]
    return ProductUse(
        product=Product(name=row["name"], vendor=row["vendor"], slug=row["slug"]),
        purpose=row["purpose"],
        since=row["since"],
        contract_ends=dt.date.fromisoformat(ends) if ends else None,
    )
