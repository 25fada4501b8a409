"""The numbers of a write-up as its page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from practices.enums import Accuracy, Basis, FigureKind
from practices.figures.amounts import DAYS, EURO, NBSP, PERCENT, Amount, shown
from practices.models import Figure, Funding, Indicator


@dataclass(frozen=True)
class Source:
    """Where a number comes from: a text, and an address if it is one."""

    text: str
    url: str = ""

    @classmethod
    def of(cls, text: str) -> Source:
        is_address = text.startswith(("https://", "http://")) and " " not in text
        return cls(text.partition("://")[2].rstrip("/"), text) if is_address else cls(text)


@dataclass(frozen=True)
class Line:
    """One amount with all that belongs to it."""

    label: str
    amount: str
    basis: str
    period: str
    source: Source | None
    note: str


@dataclass(frozen=True)
class Fact:
    """What the Steckbrief says of one kind of amount."""

    label: str
    amounts: list[str]


@dataclass(frozen=True)
class Change:
    """An indicator. `bars` are there when both values are known, so that they can be compared."""

    name: str
    unit: str
    before: str
    after: str
    basis: str
    period: str
    source: Source | None
    bars: list[tuple[str, Decimal, str]]

    @property
    def source_text(self) -> str:
        return self.source.text if self.source else ""

    @property
    def said(self) -> str:
        """Basis and period in one, as they stand beside the name of a chart."""
        return ", ".join(part for part in (self.basis, self.period) if part)


@dataclass(frozen=True)
class Grant:
    """Money from outside."""

    programme: str
    money: str
    period: str
    source: Source | None


@dataclass(frozen=True)
class Numbers:
    """All numbers of a write-up. `facts` are the short form, `totals` what is paid once, by its basis."""

    facts: list[Fact]
    lines: list[Line]
    totals: list[str]
    changes: list[Change]
    grants: list[Grant]

    @classmethod
    def of(cls, practice: Any, *, shows_city: bool) -> Numbers:
        """`practice` comes from `for_page()`. Sources and grants are public records that name the city."""
        figures = [_filled(Figure, row) for row in practice.figure_rows]
        figures.sort(key=lambda figure: FigureKind.values.index(figure.kind))
        indicators = [_filled(Indicator, row) for row in practice.indicator_rows]
        fundings = [_filled(Funding, row) for row in practice.funding_rows] if shows_city else []
        totals = _totals(figures)
        return cls(
            facts=_facts(figures, totals),
            lines=[figure_line(figure, shows_source=shows_city) for figure in figures],
            totals=totals,
            changes=[_change(indicator, shows_source=shows_city) for indicator in indicators],
            grants=[_grant(funding) for funding in fundings],
        )

    @property
    def compares(self) -> bool:
        """Whether any indicator says how it was before."""
        return any(change.before for change in self.changes)

    def __bool__(self) -> bool:
        return bool(self.lines or self.changes or self.grants)


def _filled(model: Any, row: dict[str, Any]) -> Any:
    """An unsaved row of the model, for its labels."""
    numbers = {"amount", "share", "before", "after"}
    return model(**{name: Decimal(v) if name in numbers and v is not None else v for name, v in row.items()})


def unit_of(kind: str) -> str:
    return EURO if FigureKind(kind).is_money else DAYS


def amount_text(number: Decimal | None, accuracy: str, unit: str) -> str:
    """„rund 667.000 €“; nothing for a number that is not known."""
    return "" if number is None else Amount(number, Accuracy(accuracy)).display(unit)


def _source(text: str, *, is_shown: bool) -> Source | None:
    return Source.of(text) if text and is_shown else None


def figure_line(figure: Any, *, shows_source: bool = True) -> Line:
    """One amount of a write-up or of an adoption in words."""
    return Line(
        label=figure.get_kind_display(),
        amount=amount_text(figure.amount, figure.accuracy, unit_of(figure.kind)),
        basis=figure.get_basis_display(),
        period=figure.period,
        source=_source(figure.source, is_shown=shows_source),
        note=figure.note,
    )


def _facts(figures: list[Figure], totals: list[str]) -> list[Fact]:
    """One-off costs of several rows as their totals; all else row by row, for years are not added up."""
    facts: dict[str, list[str]] = {}
    if totals:
        facts[FigureKind.COST_ONCE.short_label] = totals
        figures = [figure for figure in figures if figure.kind != FigureKind.COST_ONCE]
    for figure in figures:
        facts.setdefault(FigureKind(figure.kind).short_label, []).append(_in_short(figure))
    return [Fact(label, amounts) for label, amounts in facts.items()]


def _in_short(figure: Figure) -> str:
    amount = amount_text(figure.amount, figure.accuracy, unit_of(figure.kind))
    said = ", ".join(part for part in (figure.get_basis_display(), figure.period) if part)
    return f"{amount} ({said})"


def _totals(figures: Iterable[Figure]) -> list[str]:
    """One total for each basis, when several amounts are paid once: what was measured is not mixed with
    what was only estimated.
    """
    costs = [figure for figure in figures if figure.kind == FigureKind.COST_ONCE]
    if len(costs) < 2:
        return []
    totals = []
    for basis in Basis:
        rows = [figure for figure in costs if figure.basis == basis]
        if rows:
            total = sum((figure.amount for figure in rows), Decimal(0))
            totals.append(
                f"{Amount(total, common_accuracy(row.accuracy for row in rows)).display(EURO)} {basis.label}"
            )
    return totals


def common_accuracy(accuracies: Iterable[str]) -> Accuracy:
    """Of a sum: exact parts change nothing, different kinds of inexact parts make it „rund“."""
    found = {Accuracy(accuracy) for accuracy in accuracies} - {Accuracy.EXACT}
    if not found:
        return Accuracy.EXACT
    return found.pop() if len(found) == 1 else Accuracy.ABOUT


def _change(indicator: Indicator, *, shows_source: bool) -> Change:
    before = amount_text(indicator.before, indicator.before_accuracy, indicator.unit)
    after = amount_text(indicator.after, indicator.after_accuracy, indicator.unit)
    bars = []
    if indicator.before is not None and indicator.after is not None:
        bars = [(_("Vorher"), indicator.before, before), (_("Nachher"), indicator.after, after)]
    return Change(
        name=indicator.name,
        unit=indicator.unit,
        before=before,
        after=after,
        basis=indicator.get_basis_display(),
        period=indicator.period,
        source=_source(indicator.source, is_shown=shows_source),
        bars=bars,
    )


def _grant(funding: Funding) -> Grant:
    share = "" if funding.share is None else f"{shown(funding.share)}{NBSP}{PERCENT}"
    amount = amount_text(funding.amount, funding.accuracy, EURO)
    return Grant(
        programme=funding.programme,
        money=", ".join(part for part in (amount, share) if part),
        period=funding.period,
        source=_source(funding.source, is_shown=True),
    )
