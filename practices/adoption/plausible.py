"""Amounts that are hardly meant: whoever enters one is asked, and whoever confirms it sees why."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from practices.enums import Accuracy, FigureKind
from practices.figures.amounts import DAYS, EURO, Amount

# For one thing that is taken over from another city, 100 € for each inhabitant is far out of the ordinary. In
# a small town a plain purchase may come to that, so the sum has to be large as well.
MOST_EACH = 100
MOST_MONEY = 1_000_000
# About nine years of one person's work: more than a city puts into taking over something that exists.
MOST_DAYS = 2_000
WORKING_DAYS = 220  # of one person in a year


def remarkable(kind: str, number: Decimal, inhabitants: int | None) -> str:
    """What an unusually large amount comes to, in words; empty for all others.

    Where the number of inhabitants is not known, a large sum alone is remarkable.
    """
    if not FigureKind(kind).is_money:
        return _in_years(number) if number > MOST_DAYS else ""
    if number <= MOST_MONEY or (inhabitants and number / inhabitants <= MOST_EACH):
        return ""
    if not inhabitants:
        return _("mehr als eine Million Euro")
    return _("%(amount)s je Einwohner") % {"amount": _roughly(number / inhabitants, EURO)}


def _in_years(days: Decimal) -> str:
    return _("%(years)s Jahre Arbeit einer Person") % {"years": _roughly(days / WORKING_DAYS)}


def question(kind: str, number: Decimal, inhabitants: int | None) -> str:
    """„900.000.000 € sind rund 18.700 € je Einwohner. …“; empty where nothing has to be asked."""
    measure = remarkable(kind, number, inhabitants)
    if not measure:
        return ""
    unit = EURO if FigureKind(kind).is_money else DAYS
    words = {"amount": Amount(number).display(unit), "measure": measure}
    return _("%(amount)s sind %(measure)s. Bitte prüfen Sie die Zahl, oder setzen Sie den Haken.") % words


def _roughly(number: Decimal, unit: str = "") -> str:
    """With three digits that count."""
    places = max(number.adjusted() - 2, 0)
    step = Decimal(10) ** places
    rounded = (number / step).quantize(Decimal(1)) * step
    return Amount(rounded, Accuracy.ABOUT).display(unit)
