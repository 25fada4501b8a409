"""Reads about products, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from cities.enums import IN_NETWORK
from search.folding import Fold

if TYPE_CHECKING:
    from cities.models import City
    from cities.products.models import Product, ProductUse


class ProductQuerySet(models.QuerySet["Product"]):
    def in_use(self) -> ProductQuerySet:
        """Those that a city of the network uses."""
        uses = self._uses()
        return self.filter(Exists(uses.filter(product=OuterRef("pk"))))

    def containing(self, text: str) -> ProductQuerySet:
        """Whose name, vendor or purpose contains each of these words, however Umlauts were written."""
        found = self
        for word in text.split():
            typed = Fold(Value(word))
            uses = self._uses()
            of_purpose = Exists(uses.filter(product=OuterRef("pk"), folded_purpose__contains=typed))
            found = found.filter(
                Q(folded_name__contains=typed) | Q(folded_vendor__contains=typed) | of_purpose
            )
        return found

    def _uses(self) -> ProductUseQuerySet:
        """Of the cities that take part."""
        model: Any = self.model._meta.get_field("uses").related_model
        uses: ProductUseQuerySet = model.objects.in_network()
        return uses

    def with_purposes(self) -> ProductQuerySet:
        """With `purposes` in one text, what cities of the network use it for."""
        uses = self._uses()
        rows = uses.filter(product=OuterRef("pk")).order_by().values("product")
        said = rows.annotate(said=StringAgg("purpose", ", ", distinct=True, order_by="purpose"))
        text = Coalesce(Subquery(said.values("said")), Value(""), output_field=models.TextField())
        return self.annotate(purposes=text)

    def with_numbers(self) -> ProductQuerySet:
        """With `cities`, the number of cities of the network that use it, and `rows`, what they say of it."""
        of_network = Q(uses__city__status__in=IN_NETWORK)
        return self.annotate(
            cities=Count("uses__city", filter=of_network, distinct=True),
            rows=Count("uses", filter=of_network),
        )

    def with_next_ends(self, most: int) -> ProductQuerySet:
        """With `next_ends`, the contracts that end first, as rows of JSON."""
        row = JSONObject(city="city__name", slug="city__slug", purpose="purpose", ends="contract_ends")
        ending = self._uses().ending().filter(product=OuterRef("pk"))
        return self.annotate(next_ends=ArraySubquery(ending.values(row=row)[:most]))


class ProductUseQuerySet(models.QuerySet["ProductUse"]):
    def in_network(self) -> ProductUseQuerySet:
        """Of cities that take part; what a city entered before it left is kept, but not shown."""
        return self.filter(city__status__in=IN_NETWORK)

    def of_city(self, city: City) -> ProductUseQuerySet:
        return self.filter(city=city).select_related("product").order_by("product__sort_name", "pk")

    def ending(self) -> ProductUseQuerySet:
        """Contracts of the network that are still to end, the next one first."""
        to_come = self.in_network().filter(contract_ends__gte=timezone.localdate())
        return to_come.select_related("city", "product").order_by("contract_ends", F("city__sort_name"), "pk")
