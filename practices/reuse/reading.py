"""What others need to take a write-up's subject over, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from practices.enums import Offer
from practices.partial_dates import display


@dataclass(frozen=True)
class Product:
    """A product and what it was used for."""

    product: str
    purpose: str


@dataclass(frozen=True)
class Reuse:
    """Everything about taking over. Addresses and offers are left out where they would tell the city."""

    products: list[Product]
    standards: str
    procurement: str
    licence: str
    repository_url: str
    offers: list[str]
    offer_note: str
    maintained_until: str

    @classmethod
    def of(cls, practice: Any, *, shows_city: bool) -> Reuse:
        """`practice` comes from `for_page()`."""
        return cls(
            products=[Product(**row) for row in practice.product_rows],
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
