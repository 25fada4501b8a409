"""What it took the cities that took something over: an answer where the write-up itself gives none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from practices.adoption.enums import RUNNING
from practices.enums import Basis, FigureKind
from practices.figures.reading import amount_text, unit_of

TOOK = [FigureKind.EFFORT_DAYS, FigureKind.COST_ONCE, FigureKind.COST_YEARLY]
MOST_CITIES, MOST_AMOUNTS = 3, 4


@dataclass(frozen=True)
class Spent:
    """One city's confirmed effort and costs; `url` leads to the record, `figures` are its rows."""

    city: str
    url: str
    population: int | None
    confirmed_on: dt.date
    figures: list[dict[str, Any]]

    @property
    def needed(self) -> str:
        """What stands behind the city's name: „brauchte 12 Personentage (bestätigt 11/2026)“."""
        said = [amount_in_words(row) for row in self.figures[:MOST_AMOUNTS]]
        if len(self.figures) > MOST_AMOUNTS:
            said.append(_("mehr"))
        words = _("brauchte %(amounts)s (bestätigt %(month)s)")
        return words % {"amounts": get_text_list(said, _("und")), "month": f"{self.confirmed_on:%m/%Y}"}

    @property
    def text(self) -> str:
        return f"{self.city} {self.needed}"


def amount_in_words(row: dict[str, Any]) -> str:
    """„rund 12.000 € im Jahr“; that it was estimated and of which time it is, where somebody has said so."""
    kind = FigureKind(row["kind"])
    amount = amount_text(Decimal(row["amount"]), row["accuracy"], unit_of(kind))
    if kind == FigureKind.COST_YEARLY:
        amount = _("%(amount)s im Jahr") % {"amount": amount}
    elif kind == FigureKind.COST_ONCE:
        amount = _("%(amount)s einmalig") % {"amount": amount}
    basis = [str(Basis.ESTIMATED.label)] if row["basis"] == Basis.ESTIMATED else []
    more = ", ".join(part for part in (*basis, row["period"]) if part)
    return f"{amount} ({more})" if more else amount


def spent_on(practice: Any, kinds: Iterable[FigureKind] = TOOK, *, like: Any = None) -> list[Spent]:
    """What cities that use it now have confirmed of these kinds, the newest word first.

    `practice` comes from `practices.reading`, which brings only what the reader may see. With `like`, a
    city, others of the most similar size come first, and it itself is left out. No query.
    """
    wanted = list(kinds)
    own = like.pk if like else None
    rows = [row for row in practice.adoption_rows if _counts(row) and row["city_id"] != own]
    found = [_spent(row, wanted) for row in rows]
    found = [one for one in found if one.figures]
    found.sort(key=lambda one: one.confirmed_on, reverse=True)
    if like and like.population:
        found.sort(key=lambda one: _distance(one.population, like.population))
    return found[:MOST_CITIES]


def _counts(row: dict[str, Any]) -> bool:
    """The same as `AdoptionQuerySet.counted`, of a row that is read already."""
    return bool(row["confirmed_on"]) and row["stage"] in RUNNING


def _spent(row: dict[str, Any], kinds: list[FigureKind]) -> Spent:
    figures = sorted(
        (figure for figure in row["figures"] if figure["kind"] in kinds),
        key=lambda figure: kinds.index(FigureKind(figure["kind"])),
    )
    return Spent(
        city=row["city"],
        url=reverse("adoption:detail", args=[row["pk"]]),
        population=row["population"],
        confirmed_on=dt.date.fromisoformat(row["confirmed_on"]),
        figures=figures,
    )


def _distance(population: int | None, like: int) -> float:
    """How many times as large or as small; unknown ones last."""
    return max(population, like) / min(population, like) if population else float("inf")
