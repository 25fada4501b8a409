"""Numbers with their basis, money from outside, and the products that were used."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from practices.enums import Accuracy, Basis, FigureKind
from practices.models.practice import Practice

DIGITS, DECIMALS = 14, 2


def _number(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=DIGITS, decimal_places=DECIMALS, null=True)


def _accuracy() -> models.CharField:
    return models.CharField(max_length=8, choices=Accuracy.choices, default=Accuracy.EXACT, blank=True)


def _basis() -> models.CharField:
    return models.CharField(_("Grundlage"), max_length=9, choices=Basis.choices)


def _period() -> models.CharField:
    return models.CharField(_("Zeitraum"), max_length=60, blank=True)


def _source() -> models.CharField:
    """A text or an address in the net."""
    return models.CharField(_("Quelle"), max_length=300, blank=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Figure(models.Model):
    """One amount. Nought is a figure; what nobody knows has no row."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="figures")
    kind = models.CharField(_("Was"), max_length=13, choices=FigureKind.choices)
    amount = models.DecimalField(_("Betrag"), max_digits=DIGITS, decimal_places=DECIMALS)
    accuracy = _accuracy()
    basis = _basis()
    period = _period()
    source = _source()
    note = models.CharField(_("Anmerkung"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FigureKind.values), name="figure_kind_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="figure_has_basis"),
            models.CheckConstraint(condition=Q(accuracy__in=Accuracy.values), name="figure_accuracy_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Indicator(models.Model):
    """Something counted, before and after; one of the two may be unknown."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="indicators")
    name = models.CharField(_("Was wurde gezählt?"), max_length=120)
    unit = models.CharField(_("Einheit"), max_length=30, blank=True)
    before = _number(_("Vorher"))
    before_accuracy = _accuracy()
    after = _number(_("Nachher"))
    after_accuracy = _accuracy()
    basis = _basis()
    period = _period()
    source = _source()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="indicator_named"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="indicator_has_basis"),
            models.CheckConstraint(
                condition=Q(before_accuracy__in=Accuracy.values) & Q(after_accuracy__in=Accuracy.values),
                name="indicator_accuracy_known",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="indicator_has_a_value"
            ),
            models.CheckConstraint(
                condition=(Q(before__isnull=True) | Q(before__gte=0))
                & (Q(after__isnull=True) | Q(after__gte=0)),
                name="indicator_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Funding(models.Model):
    """Money from outside: from which programme, how much, what part of the whole."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="fundings")
    programme = models.CharField(_("Förderprogramm oder Geldgeber"), max_length=200)
    amount = _number(_("Fördersumme"))
    accuracy = _accuracy()
    share = models.DecimalField(
        _("Anteil in Prozent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    period = _period()
    source = _source()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(programme=""), name="funding_named"),
            models.CheckConstraint(condition=Q(accuracy__in=Accuracy.values), name="funding_accuracy_known"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
                name="funding_share_in_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.programme


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class UsedProduct(models.Model):
    """A product that was used, and what for."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="products")
    product = models.CharField(_("Produkt"), max_length=120)
    purpose = models.CharField(_("Wofür"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(product=""), name="usedproduct_named")]

    def __str__(self) -> str:
        return self.product
