"""Which product is meant by what somebody typed: one for each name and vendor, however they are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cities.products.folds import folds
from cities.products.models import Product

Names = tuple[str, str]  # name and vendor of a product as they were typed
NEW = "neu"  # the answer to „Meinten Sie …?“ where another product is meant

LEGAL_FORM = re.compile(
    r"(?:gmbh|mbh|ag|se|kg|kgaa|ohg|gbr|ug|eg|ev|kdoer|aoer|inc|ltd|co|haftungsbeschraenkt)"
)


@dataclass(frozen=True)
class Namesakes:
    """Known products with the name that somebody typed, of vendors that they did not type.

    `likely` is the one whose vendor differs by nothing but its legal form.
    """

    known: list[Product]
    likely: Product | None

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For a field „Meinten Sie …?“."""
        said = _("%(name)s von %(vendor)s")
        named = [(str(each.pk), said % {"name": each.name, "vendor": each.vendor}) for each in self.known]
        return [*named, (NEW, _("keines davon, ein anderes Produkt"))]

    @property
    def question(self) -> str:
        names = _(" oder ").join(label for _value, label in self.choices[:-1])
        return _("Meinten Sie %(names)s?") % {"names": names}

    @property
    def suggested(self) -> str:
        return str(self.likely.pk) if self.likely else NEW

    def chosen(self, answer: str) -> Product | None:
        return next((each for each in self.known if str(each.pk) == answer), None)


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


def namesakes_of(names: Iterable[Names]) -> dict[Names, Namesakes]:
    """What may be meant where somebody would make a second product of the same name. Two queries."""
    given = list(dict.fromkeys(names))
    folded = folds(text for pair in given for text in pair)
    known: dict[str, dict[str, Product]] = defaultdict(dict)
    there = Product.objects.filter(folded_name__in={folded[name] for name, _vendor in given})
    for product in there.order_by("sort_name", "folded_vendor"):
        known[product.folded_name][product.folded_vendor] = product
    found = {}
    for name, vendor in given:
        same, key = known[folded[name]], folded[vendor]
        if not same or not vendor or key in same or "" in same:
            continue
        plain = without_legal_form(key)
        likely = [each for each in same.values() if without_legal_form(each.folded_vendor) == plain]
        found[name, vendor] = Namesakes(list(same.values()), likely[0] if likely else None)
    return found


def without_legal_form(folded_vendor: str) -> str:
    """„hsh“ for „hsh gmbh“ and „hsh gmbh & co. kg“; a vendor of whom nothing would be left keeps its name."""
    words = re.findall(r"\w+", folded_vendor.replace(".", ""))
    return " ".join(word for word in words if not LEGAL_FORM.fullmatch(word)) or folded_vendor
