"""What it cost there, measured against the number of people here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.adoption.spending import amount_in_words, spent_on
from practices.enums import Basis, FigureKind
from practices.figures.amounts import EURO, NBSP, shown
from practices.transfer.enums import Verdict
from practices.transfer.saying import Finding, Said, amounts_of, said_of

# Euros for each inhabitant: so little fits everywhere, so much is a question for the council.
LITTLE, MUCH = Decimal(1), Decimal(10)
# Up to so many times what it cost there for each inhabitant is about the same.
SAME = Decimal("1.5")
CENT = Decimal("0.01")
KINDS = [FigureKind.COST_ONCE, FigureKind.COST_YEARLY]
WORSE = [Verdict.FITS, Verdict.ADAPT, Verdict.BLOCKS]


@dataclass(frozen=True)
class Counted:
    """What is paid once, or in a year, for one amount for each inhabitant; `rows` are in it."""

    kind: FigureKind
    total: Decimal
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """A city that the costs are measured against; `url` leads to where that is from."""

    name: str
    population: int | None
    url: str


def look(practice: Any, city: Any, shows_city: bool) -> Finding:
    """The line „Kosten gemessen an der Größe“: what is paid once and what in a year; the worse decides.

    Where the write-up gives none, what the most similar of its adopters has confirmed is counted.
    """
    where = f"{practice.get_absolute_url()}#numbers"
    said = [each for kind in KINDS for each, _number, _basis in amounts_of(practice, kind, where)]
    others = spent_on(practice, KINDS, like=city)
    rows, there = practice.figure_rows, _place(practice.city) if shows_city else None
    if not said and others:
        said.append(Said(_("Der Beitrag selbst nennt keine Kosten.")))
        first = others[0]
        rows, where, there = first.figures, first.url, Place(first.city, first.population, first.url)
    counted = counted_in(rows)
    if not counted:
        return Finding(Verdict.UNKNOWN, [], _("Der Beitrag nennt keine Kosten. Fragen Sie die Stadt."))
    said += said_of(others)
    if not city.population:
        return Finding(Verdict.UNKNOWN, said, _("Die Einwohnerzahl Ihrer Stadt fehlt."))
    verdicts, elsewhere = [], None
    for each in counted:
        here = each.total / city.population
        elsewhere = each.total / there.population if there and there.population else None
        verdicts.append(_verdict(here, elsewhere))
        said.append(_per_head(_place(city), here, each.kind))
        if there and elsewhere is not None:
            said.append(_per_head(there, elsewhere, each.kind))
    left_out = _left_out(rows, counted)
    said.append(Said(_made_of(counted, left_out), where))
    caveat = _("nicht alle genannten Kosten gerechnet") if left_out else ""
    return Finding(max(verdicts, key=WORSE.index), said, _unknown(elsewhere), caveat)


def _place(city: Any) -> Place:
    return Place(city.name, city.population, f"{city.get_absolute_url()}#daten")


def counted_in(rows: list[dict[str, Any]]) -> list[Counted]:
    """One-off parts of the same basis together, the larger of the two sums; of yearly ones the largest."""
    found = []
    for kind in KINDS:
        costs = [row for row in rows if row["kind"] == kind]
        if kind == FigureKind.COST_ONCE:
            by_basis = [[row for row in costs if row["basis"] == basis] for basis in Basis]
            inside = max(by_basis, key=_sum)
        else:
            inside = sorted(costs, key=lambda row: Decimal(row["amount"]))[-1:]
        if inside:
            found.append(Counted(kind, _sum(inside), inside))
    return found


def _sum(rows: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))


def _left_out(rows: list[dict[str, Any]], counted: list[Counted]) -> list[dict[str, Any]]:
    inside = [id(row) for each in counted for row in each.rows]
    return [row for row in rows if row["kind"] in KINDS and id(row) not in inside]


def _made_of(counted: list[Counted], left_out: list[dict[str, Any]]) -> str:
    parts = _listed(row for each in counted for row in each.rows)
    if not left_out:
        return _("Darin enthalten: %(parts)s.") % {"parts": parts}
    words = _("Darin enthalten: %(parts)s. Nicht enthalten: %(left_out)s.")
    return words % {"parts": parts, "left_out": _listed(left_out)}


def _listed(rows: Iterable[dict[str, Any]]) -> str:
    return get_text_list([amount_in_words(row) for row in rows], _("und"))


def _per_head(place: Place, euros: Decimal, kind: FigureKind) -> Said:
    amount = f"{shown(euros.quantize(CENT), is_money=True)}{NBSP}{EURO}"
    words = (
        _("Auf %(city)s gerechnet %(amount)s je Einwohner im Jahr")
        if kind == FigureKind.COST_YEARLY
        else _("Auf %(city)s gerechnet %(amount)s je Einwohner, einmalig")
    )
    return Said(words % {"city": place.name, "amount": amount}, place.url)


def _verdict(here: Decimal, there: Decimal | None) -> Verdict:
    if here <= LITTLE or (there is not None and here <= there * SAME):
        return Verdict.FITS
    return Verdict.BLOCKS if here > MUCH else Verdict.ADAPT


def _unknown(there: Decimal | None) -> str:
    unknown = _("Ob die Kosten mit der Größe steigen oder fest sind, sagt am besten die andere Stadt.")
    if there is not None:
        return unknown
    size = _("Die Größe der anderen Stadt ist nicht bekannt.")
    return f"{size} {unknown}"
