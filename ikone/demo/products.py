"""Products in use of the demo's cities, as public sources name them."""

from __future__ import annotations

from django.apps import apps

from cities.models import City, ProductUse
from cities.products import search_entry
from cities.products.actions import products_named
from ikone.demo import files


def load(cities: dict[str, City]) -> int:
    """Enter the uses that have never been there; returns how many."""
    events = apps.get_model("cities", "ProductUseEvent").objects
    known = set(events.values_list("city_id", "purpose"))
    created = []
    for row in files.read("products")["use"]:
        city = cities.get(row["city"])
        if city is None or (city.pk, row["purpose"]) in known:
            continue
        names = row["product"], row["vendor"]
        created.append(
            ProductUse.objects.create(
                city=city,
                product=products_named([names])[names],
                purpose=row["purpose"],
                since=row["since"],
                experience=" ".join(row["experience"].split()),
            )
        )
    search_entry.refresh([use.product_id for use in created])
    return len(created)
