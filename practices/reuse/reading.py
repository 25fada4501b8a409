"""What others need to take a write-up's subject over, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode

from cities.models import Product
from practices.enums import Offer
from practices.models import UsedProduct
from practices.partial_dates import display
from search.folding import Fold


@dataclass(frozen=True)
class NamedProduct:
    """A product and what it was used for; `url` leads members to its page where a city has entered it."""

    product: str
    purpose: str
    url: str = ""


@dataclass(frozen=True)
class Reuse:
    """Everything about taking over. Addresses and offers are left out where they would tell the city."""

    products: list[NamedProduct]
    standards: str
    procurement: str
    licence: str
    repository_url: str
    offers: list[str]
    offer_note: str
    maintained_until: str

    @classmethod
    def of(cls, practice: Any, *, shows_city: bool) -> Reuse:
        """`practice` comes from `for_page()`; for members with `product_pages` as well."""
        slugs = {row["product"]: row["slugs"] for row in getattr(practice, "product_pages", [])}
        return cls(
            products=[
                NamedProduct(**row, url=_page_of(row["product"], slugs.get(row["product"], [])))
                for row in practice.product_rows
            ],
            standards=practice.standards,
            procurement=practice.procurement,
            licence=practice.licence,
            repository_url=practice.repository_url if shows_city else "",
            offers=[str(offer.label) for offer in Offer if offer in practice.offers] if shows_city else [],
            offer_note=practice.offer_note if shows_city else "",
            maintained_until=display(practice.maintained_until) if practice.maintained_until else "",
        )

    def __bool__(self) -> bool:
        return bool(
            self.products
            or self.standards
            or self.procurement
            or self.licence
            or self.repository_url
            or self.offers
            or self.offer_note
        )


def product_pages() -> ArraySubquery:
    """For a query of write-ups: the addresses of all products with a name that it names, as JSON.

    They are found by name alone: which of them the city uses would tell the city of an anonymous one.
    """
    same = Product.objects.in_use().filter(folded_name=Fold(OuterRef("product"))).order_by("pk")
    rows = UsedProduct.objects.filter(practice=OuterRef("pk")).order_by("pk")
    row = JSONObject(product="product", slugs=ArraySubquery(same.values("slug")))
    return ArraySubquery(rows.values(row=row))


def _page_of(product: str, slugs: list[str]) -> str:
    """The page of the product; of several vendors' products of that name the list."""
    if len(slugs) == 1:
        return reverse("products:detail", args=slugs)
    return f"{reverse('products:list')}?{urlencode({'q': product})}" if slugs else ""
