"""What it cost there, measured against the number of people here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from practices.enums import Basis, FigureKind
from practices.figures.amounts import EURO, NBSP, shown
from practices.transfer.enums import Verdict
from practices.transfer.saying import Finding, Said, amounts_of

# Euros for each inhabitant: so little fits everywhere, so much is a question for the council.
LITTLE, MUCH = Decimal(1), Decimal(10)
# Up to so many times what it cost there for each inhabitant is about the same.
SAME = Decimal("1.5")
CENT = Decimal("0.01")


def look(practice: Any, city: Any, shows_city: bool) -> Finding:
    """The line „Kosten gemessen an der Größe“: what is paid once, else what is paid in a year."""
    where = f"{practice.get_absolute_url()}#numbers"
    said: list[Said] = []
    total: Decimal | None = None
    for kind in (FigureKind.COST_ONCE, FigureKind.COST_YEARLY):
        amounts = amounts_of(practice, kind, where)
        said += [each for each, _number, _basis in amounts]
        if total is None and amounts:
            total = _total([(number, basis) for _said, number, basis in amounts], kind)
    if total is None:
        return Finding(Verdict.UNKNOWN, [], _("Der Beitrag nennt keine Kosten. Fragen Sie die Stadt."))
    if not city.population:
        return Finding(Verdict.UNKNOWN, said, _("Die Einwohnerzahl Ihrer Stadt fehlt."))
    here = total / city.population
    there = total / practice.city.population if shows_city and practice.city.population else None
    said.append(_per_head(city, here))
    if there is not None:
        said.append(_per_head(practice.city, there))
    return Finding(_verdict(here, there), said, _unknown(there))


def _total(amounts: list[tuple[Decimal, Basis]], kind: FigureKind) -> Decimal:
    """One-off parts of the same basis together, the larger of the two sums; of yearly ones the largest."""
    if kind == FigureKind.COST_YEARLY:
        return max(number for number, _basis in amounts)
    return max(
        sum((number for number, found in amounts if found == basis), Decimal(0))
        for basis in {basis for _number, basis in amounts}
    )


def _per_head(city: Any, euros: Decimal) -> Said:
    amount = f"{shown(euros.quantize(CENT), is_money=True)}{NBSP}{EURO}"
    words = _("Auf %(city)s gerechnet %(amount)s je Einwohner")
    return Said(words % {"city": city.name, "amount": amount}, f"{city.get_absolute_url()}#daten")


def _verdict(here: Decimal, there: Decimal | None) -> Verdict:
    if here <= LITTLE or (there is not None and here <= there * SAME):
        return Verdict.FITS
    return Verdict.BLOCKS if here > MUCH else Verdict.ADAPT


def _unknown(there: Decimal | None) -> str:
    unknown = _("Ob die Kosten mit der Größe steigen oder fest sind, sagt am besten die andere Stadt.")
    if there is not None:
        return unknown
    return f"{_('Die Größe der anderen Stadt ist nicht bekannt.')} {unknown}"
