"""How much a write-up's subject costs, in classes that fit on a card and into a filter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.enums import FigureKind
from practices.models import Figure


class CostClass(models.IntegerChoices):
    """The numbers are stored in search entries, so they are never given to another value."""

    UNKNOWN = 0, _("keine Angabe")
    SMALL = 1, _("bis 10.000 €")
    MIDDLE = 2, _("bis 50.000 €")
    LARGE = 3, _("bis 250.000 €")
    HUGE = 4, _("über 250.000 €")


LIMITS = {CostClass.SMALL: 10_000, CostClass.MIDDLE: 50_000, CostClass.LARGE: 250_000}


def cost_class(amount: Decimal | None) -> CostClass:
    """The class of an amount; None is one that nobody has said."""
    if amount is None:
        return CostClass.UNKNOWN
    return next((found for found, limit in LIMITS.items() if amount <= limit), CostClass.HUGE)


def one_off(figures: Iterable[Figure]) -> CostClass:
    """The class of all that is paid once, whatever it rests on: a class is no more exact than an estimate."""
    amounts = [figure.amount for figure in figures if figure.kind == FigureKind.COST_ONCE]
    return cost_class(sum(amounts, Decimal(0)) if amounts else None)


def yearly(figures: Iterable[Figure]) -> CostClass:
    """The class of all that is paid in one year; of several periods the dearest counts."""
    by_period: dict[str, Decimal] = defaultdict(Decimal)
    for figure in figures:
        if figure.kind == FigureKind.COST_YEARLY:
            by_period[figure.period] += figure.amount
    return cost_class(max(by_period.values(), default=None))
