"""Which product is meant by what somebody typed: one for each name and vendor, however they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from cities.products.folds import folds
from cities.products.models import Product

Names = tuple[str, str]  # name and vendor of a product as they were typed


def products_meant(names: Iterable[Names]) -> dict[Names, Product]:
    """The product for each name and vendor. Two queries, and nothing is written: a new product has no key.

    Without a vendor the only product of that name is meant. Who names the vendor of one that had none,
    completes it.
    """
    given = list(dict.fromkeys(names))
    folded = folds(text for pair in given for text in pair)
    namesakes: dict[str, dict[str, Product]] = defaultdict(dict)  # by how name and vendor are compared
    for product in Product.objects.filter(folded_name__in={folded[name] for name, _vendor in given}):
        namesakes[product.folded_name][product.folded_vendor] = product
    found: dict[Names, Product] = {}
    for name, vendor in given:
        known, key = namesakes[folded[name]], folded[vendor]
        if key not in known and not vendor and len(known) == 1:
            [key] = known
        elif key not in known and vendor and "" in known:
            known[key] = known.pop("")
            known[key].vendor = vendor
        elif key not in known:
            known[key] = Product(name=name, vendor=vendor)
        found[name, vendor] = known[key]
    return found
