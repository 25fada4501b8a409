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


@dataclass(frozen=True)
class Counted:
    """What the amount for each inhabitant is made of: `parts` are in it, `left_out` are not."""

    total: Decimal
    parts: list[str]
    left_out: list[str]


@dataclass(frozen=True)
class Place:
    """A city that the costs are measured against; `url` leads to where that is from."""

    name: str
    population: int | None
    url: str


def look(practice: Any, city: Any, shows_city: bool) -> Finding:
    """The line „Kosten gemessen an der Größe“: what is paid once, else what is paid in a year.

    Where the write-up gives none, what the most similar of its adopters has confirmed is counted.
    """
    where = f"{practice.get_absolute_url()}#numbers"
    said = [each for kind in KINDS for each, _number, _basis in amounts_of(practice, kind, where)]
    others = spent_on(practice, KINDS, like=city)
    counted, there = counted_in(practice.figure_rows), _place(practice.city) if shows_city else None
    if counted is None and others:
        said.append(Said(_("Der Beitrag selbst nennt keine Kosten.")))
        first = others[0]
        counted, where = counted_in(first.figures), first.url
        there = Place(first.city, first.population, first.url)
    if counted is None:
        return Finding(Verdict.UNKNOWN, [], _("Der Beitrag nennt keine Kosten. Fragen Sie die Stadt."))
    said += said_of(others)
    if not city.population:
        return Finding(Verdict.UNKNOWN, said, _("Die Einwohnerzahl Ihrer Stadt fehlt."))
    here = counted.total / city.population
    elsewhere = counted.total / there.population if there and there.population else None
    said.append(_per_head(_place(city), here))
    if there and elsewhere is not None:
        said.append(_per_head(there, elsewhere))
    said.append(Said(_made_of(counted), where))
    return Finding(_verdict(here, elsewhere), said, _unknown(elsewhere), _caveat(counted))


def _place(city: Any) -> Place:
    return Place(city.name, city.population, f"{city.get_absolute_url()}#daten")


def counted_in(rows: list[dict[str, Any]]) -> Counted | None:
    """One-off parts of the same basis together, the larger of the two sums; of yearly ones the largest."""
    costs = [row for kind in KINDS for row in rows if row["kind"] == kind]
    if not costs:
        return None
    once = [row for row in costs if row["kind"] == FigureKind.COST_ONCE]
    if once:
        sums = {basis: _sum(row for row in once if row["basis"] == basis) for basis in Basis}
        dearest = max(sums, key=lambda basis: sums[basis])
        inside = [row for row in once if row["basis"] == dearest]
    else:
        inside = [max(costs, key=lambda row: Decimal(row["amount"]))]
    outside = [row for row in costs if not any(row is one for one in inside)]
    return Counted(_sum(inside), [*map(amount_in_words, inside)], [*map(amount_in_words, outside)])


def _sum(rows: Iterable[dict[str, Any]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))


def _made_of(counted: Counted) -> str:
    parts = get_text_list(counted.parts, _("und"))
    if not counted.left_out:
        return _("Darin enthalten: %(parts)s.") % {"parts": parts}
    words = _("Darin enthalten: %(parts)s. Nicht enthalten: %(left_out)s.")
    return words % {"parts": parts, "left_out": get_text_list(counted.left_out, _("und"))}


def _caveat(counted: Counted) -> str:
    if not counted.left_out:
        return ""
    if len(counted.parts) > 1:
        return _("nicht alle genannten Kosten gerechnet")
    return _("nur %(amount)s gerechnet") % {"amount": counted.parts[0]}


def _per_head(place: Place, euros: Decimal) -> Said:
    amount = f"{shown(euros.quantize(CENT), is_money=True)}{NBSP}{EURO}"
    words = _("Auf %(city)s gerechnet %(amount)s je Einwohner")
    return Said(words % {"city": place.name, "amount": amount}, place.url)


def _verdict(here: Decimal, there: Decimal | None) -> Verdict:
    if here <= LITTLE or (there is not None and here <= there * SAME):
        return Verdict.FITS
    return Verdict.BLOCKS if here > MUCH else Verdict.ADAPT


def _unknown(there: Decimal | None) -> str:
    unknown = _("Ob die Kosten mit der Größe steigen oder fest sind, sagt am besten die andere Stadt.")
    if there is not None:
        return unknown
    return f"{_('Die Größe der anderen Stadt ist nicht bekannt.')} {unknown}"
