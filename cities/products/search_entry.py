"""What the search knows of a product: name, vendor and what it is used for; for members only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from cities.products.models import Product, ProductUse
from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Source

if TYPE_CHECKING:
    from cities.products.querysets import ProductQuerySet

SOURCE = 9


def refresh(product_ids: Collection[int]) -> None:
    """Bring entries in line with products; call it in the transaction that changes who uses them."""
    entries.refresh(SOURCE, list(product_ids))


def refresh_of(city_ids: Collection[int]) -> None:
    """The same for all that cities use; call it when they join or leave the network."""
    uses = ProductUse.objects.filter(city__in=city_ids)
    refresh(set(uses.values_list("product_id", flat=True)))


def all_entries() -> Iterable[EntryData]:
    return _entries(Product.objects.in_use())


def entries_of(product_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(Product.objects.in_use().filter(pk__in=product_ids))


def _entries(products: ProductQuerySet) -> Iterator[EntryData]:
    for product in products.prefetch_related("uses").order_by("pk"):
        purposes = {use.purpose for use in product.uses.all()}
        yield EntryData(
            source=SOURCE,
            object_id=product.pk,
            audience=Audience.NETWORK,
            date=max(timezone.localdate(use.updated_at) for use in product.uses.all()),
            title=product.name,
            keywords="\n".join([product.vendor, *sorted(purposes)]),
            known_as=product.name,
        )


PRODUCTS = Source(code=SOURCE, name="products", all_entries=all_entries, entries_of=entries_of)
