"""Write-ups on the page of a product that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from practices.cards import cards_by_id
from practices.models import Practice, UsedProduct
from search.folding import Fold
from ui.panels import Panel, register

if TYPE_CHECKING:
    from cities.models import Product

ON_PAGE = 12


def register_panels() -> None:
    register(Panel("product.main", 10, "practices/panels/product.html", of_product))


def of_product(request: HttpRequest, product: Product) -> dict[str, Any] | None:
    """The newest that name it, however it is written. Two queries."""
    mentions = UsedProduct.objects.alias(folded=Fold("product")).filter(folded=product.folded_name)
    naming = Practice.objects.published_for(request.user).filter(
        Exists(mentions.filter(practice=OuterRef("pk")))
    )
    ids = list(naming.order_by("-published_at", "-pk").values_list("pk", flat=True)[:ON_PAGE])
    return {"cards": cards_by_id(ids, request.user)} if ids else None
