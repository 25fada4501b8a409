"""Writing what a city uses. Search entries of the products follow in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import connection, transaction

from cities.products import search_entry
from cities.products.folds import folds
from cities.products.models import Product, ProductUse
from cities.products.naming import Names, products_meant
from search.folding import german_slug

if TYPE_CHECKING:
    from accounts.models import User
    from cities.models import City
    from cities.products.grid import Grid


@transaction.atomic
def save_grid(*, grid: Grid, by: User) -> int:
    """Write the rows of a checked grid; returns how many were new, changed or removed."""
    changed = 0
    touched = {use.product_id for use in grid.stored.values()}
    with pghistory.context(user=by.pk):
        for use in grid.removed:
            use.delete()
            changed += 1
        forms = [form for form in grid.filled if form.instance.pk is None or form.changed_names]
        products = products_named(_names(form.cleaned_data) for form in forms)
        for form in forms:
            form.instance.product = products[_names(form.cleaned_data)]
            form.instance.updated_by = by
            form.save()
            changed += 1
    search_entry.refresh(touched | {product.pk for product in products.values()})
    return changed


@transaction.atomic
def save_rows(*, city: City, rows: Iterable[Mapping[str, Any]], by: User) -> int:
    """Take checked rows of a file over; those that are there already are completed and never doubled.

    Returns how many were new or changed. An empty cell changes nothing.
    """
    given = list(rows)
    changed = 0
    with pghistory.context(user=by.pk):
        products = products_named(_names(row) for row in given)
        there = {(use.product_id, use.folded_purpose): use for use in ProductUse.objects.filter(city=city)}
        folded = folds(row["purpose"] for row in given)
        for row in given:
            product = products[_names(row)]
            use = ProductUse(city=city, product=product, purpose=row["purpose"], updated_by=by)
            stored = there.get((product.pk, folded[row["purpose"]]))
            if stored is not None:
                use = stored
            news = {name: row[name] for name in ("since", "contract_ends", "experience") if row[name]}
            news = {name: value for name, value in news.items() if getattr(use, name) != value}
            if stored is not None and not news:
                continue
            for name, value in news.items():
                setattr(use, name, value)
            use.updated_by = by
            use.version += 1 if stored is not None else 0
            use.save()
            changed += 1
    search_entry.refresh({product.pk for product in products.values()})
    return changed


def products_named(names: Iterable[Names]) -> dict[Names, Product]:
    """The products by what was typed, made where there are none yet. Call it in a transaction.

    Whoever names products takes turns until their transaction ends: of two cities that enter the same new
    one, the second finds what the first made.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cities_product'))")
    found = products_meant(names)
    for product in {id(each): each for each in found.values()}.values():
        if product.pk is None:
            product.slug = _free_slug(product.name, product.vendor)
            product.save()
        elif product.vendor and not product.folded_vendor:
            product.save(update_fields=["vendor"])
    return found


def _free_slug(name: str, vendor: str) -> str:
    base = german_slug(name, 120) or "produkt"
    candidates = [base, german_slug(f"{name} {vendor}", 130) or base]
    taken = set(Product.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    while candidates[0] in taken:
        candidates.pop(0)
        if not candidates:
            candidates.append(f"{base}-{number}")
            number += 1
    return candidates[0]


def _names(row: Mapping[str, Any]) -> Names:
    return row["product_name"], row["vendor"]
