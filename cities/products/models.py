"""Products, and that a city uses one. Only members of the network see them.

Imported by `cities.models`, so the city is named as a text here.
"""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cities.products.querysets import ProductQuerySet, ProductUseQuerySet
from search.folding import Fold, SortKey

FIRST_YEAR, LAST_YEAR = 1970, 2100


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["folded_name", "folded_vendor", "sort_name"],
)
class Product(models.Model):
    """Software or a service that can be bought or taken over; one for each name and vendor."""

    name = models.CharField(_("Produkt"), max_length=120)
    vendor = models.CharField(_("Anbieter"), max_length=120, blank=True)
    slug = models.SlugField(max_length=140, unique=True)

    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )
    folded_vendor = models.GeneratedField(
        expression=Fold(F("vendor")), output_field=models.TextField(), db_persist=True
    )
    sort_name = models.GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("Produkt")
        verbose_name_plural = _("Produkte")
        ordering = ["sort_name", "pk"]
        indexes = [models.Index(fields=["sort_name", "id"], name="product_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="product_named"),
            models.UniqueConstraint(
                fields=["folded_name", "folded_vendor"], name="product_once_a_name_and_vendor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("products:detail", args=[self.slug])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["folded_purpose", "updated_at"],
)
class ProductUse(models.Model):
    """A city uses a product for something."""

    city = models.ForeignKey("cities.City", models.CASCADE, related_name="product_uses")
    product = models.ForeignKey(Product, models.PROTECT, related_name="uses")
    purpose = models.CharField(_("Wofür"), max_length=120)
    since = models.PositiveSmallIntegerField(_("seit (Jahr)"), null=True, blank=True)
    contract_ends = models.DateField(_("Vertrag endet"), null=True, blank=True)
    experience = models.TextField(_("Erfahrung"), max_length=1_000, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    folded_purpose = models.GeneratedField(
        expression=Fold(F("purpose")), output_field=models.TextField(), db_persist=True
    )

    objects = ProductUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("eingesetztes Produkt")
        verbose_name_plural = _("eingesetzte Produkte")
        ordering = ["product__sort_name", "pk"]
        indexes = [
            models.Index(
                fields=["contract_ends"],
                name="productuse_contract_ends",
                condition=Q(contract_ends__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "product", "folded_purpose"], name="productuse_once_a_purpose"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="productuse_says_what_for"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__range=(FIRST_YEAR, LAST_YEAR)),
                name="productuse_since_a_year",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(contract_ends__isnull=True)
                | Q(contract_ends__year__gte=F("since")),
                name="productuse_ends_after_it_began",
                violation_error_message=_("Der Vertrag kann nicht enden, bevor er beginnt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.purpose}"
