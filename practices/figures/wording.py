"""A number in one line, as versions and comparisons say it."""

from __future__ import annotations

from collections.abc import Iterable

from practices.figures.reading import amount_text, money_text, unit_of
from practices.models import Figure, Funding, Indicator


def say_figure(figure: Figure) -> str:
    """„Kosten einmalig: rund 667.000 € (geschätzt, 2022–2023; Wochenblatt)“."""
    amount = amount_text(figure.amount, figure.accuracy, unit_of(figure.kind))
    said = f"{figure.get_kind_display()}: {amount}"
    return said + _in_brackets([figure.get_basis_display(), figure.period, figure.source, figure.note])


def say_indicator(indicator: Indicator) -> str:
    """„Wartezeit: 21 Tage → 8 Tage (gemessen)“."""
    before = amount_text(indicator.before, indicator.before_accuracy, indicator.unit)
    after = amount_text(indicator.after, indicator.after_accuracy, indicator.unit)
    values = " → ".join(value for value in (before, after) if value)
    said = f"{indicator.name}: {values}"
    return said + _in_brackets([indicator.get_basis_display(), indicator.period, indicator.source])


def say_funding(funding: Funding) -> str:
    """„Smart Cities: 40.500 €, 90 % (2022–2023)“."""
    money = money_text(funding)
    said = f"{funding.programme}: {money}" if money else funding.programme
    return said + _in_brackets([funding.period, funding.source])


def _in_brackets(parts: Iterable[str]) -> str:
    given = [part for part in parts if part]
    return f" ({', '.join(given)})" if given else ""
