"""What is told of a write-up in a line: rows of the comparison, columns of a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.prose import Block, Run, blocks_of
from documents.reaching import ways_to
from practices.briefs.brief import adopters_in_short
from practices.enums import FigureKind
from practices.figures.reading import Change, unit_of
from practices.profile import Profile
from practices.sections import label_of
from ui.richtext import to_plain_text
from ui.templatetags.ui import german

Read = Callable[[Any, Profile], str]
Cell = Callable[[Any, Profile], "str | Decimal | dt.date | None"]


@dataclass(frozen=True)
class Criterion:
    """`read(practice, profile)` gives the words, "" where nobody has said; `field` is there for rich text.

    `is_own`: each has its own anyway, such as its city, so that a difference says nothing.
    """

    label: str | Promise
    read: Read
    field: str = ""
    is_own: bool = False
    cell: Cell | None = None
    runs: Callable[[Any, Profile], list[Run]] | None = None  # the words of `read` with their links

    def cell_of(self, practice: Any, profile: Profile) -> str | Decimal | dt.date | None:
        """For a spreadsheet: a number or a day as such, so that it can be sorted and summed."""
        return (self.cell or self.read)(practice, profile)

    def blocks_of(self, practice: Any, profile: Profile) -> list[Block]:
        if self.runs:
            found = self.runs(practice, profile)
            return [{"kind": "text", "runs": found}] if found else []
        return blocks_of(getattr(practice, self.field)) if self.field else []


def _text(field: str) -> Criterion:
    def read(practice: Any, _profile: Profile) -> str:
        return to_plain_text(getattr(practice, field))

    return Criterion(label_of(field), read, field, is_own=True)


def _figure(kind: FigureKind) -> Criterion:
    def read(_practice: Any, profile: Profile) -> str:
        lines = (line for line in profile.numbers.lines if line.label == str(kind.label))
        return "; ".join(f"{line.amount} ({_joined(line.basis, line.period)})" for line in lines)

    return Criterion(kind.label, read)


def _amount(kind: FigureKind) -> Criterion:
    """The bare number, where there is one alone; how it is meant says the column of `_figure`."""

    def cell(practice: Any, _profile: Profile) -> Decimal | None:
        amounts = [row["amount"] for row in practice.figure_rows if row["kind"] == kind]
        return Decimal(str(amounts[0])) if len(amounts) == 1 else None

    label = format_lazy("{kind} ({unit})", kind=kind.label, unit=unit_of(kind))
    return Criterion(label, _figure(kind).read, cell=cell)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _city(practice: Any, profile: Profile) -> str:
    return practice.city.name if profile.shows_city else _("eine Stadt im Netzwerk")


def _population(practice: Any, profile: Profile) -> str:
    known = profile.shows_city and practice.city.population is not None
    return german(practice.city.population) if known else ""


def _population_cell(practice: Any, profile: Profile) -> Decimal | None:
    known = profile.shows_city and practice.city.population is not None
    return Decimal(practice.city.population) if known else None


def _results(_practice: Any, profile: Profile) -> str:
    return "; ".join(_result(change) for change in profile.numbers.changes)


def _result(change: Change) -> str:
    values = " → ".join(value for value in (change.before, change.after) if value)
    return f"{change.name}: {values} ({change.said})"


def _funding(_practice: Any, profile: Profile) -> str:
    grants = profile.numbers.grants
    return "; ".join(": ".join(part for part in (grant.programme, grant.money) if part) for grant in grants)


def _contact(practice: Any, profile: Profile) -> str:
    return "".join(run["text"] for run in _contact_runs(practice, profile))


def _contact_runs(_practice: Any, profile: Profile) -> list[Run]:
    runs: list[Run] = []
    for callee in (callee for callee in profile.callees if not callee.is_deputy):
        ways = ways_to(callee)
        if runs:
            runs.append({"text": "; "})
        if callee.name:
            runs.append({"text": f"{callee.name}{', ' if ways else ''}"})
        for at, way in enumerate(ways):
            runs += [{"text": ", "}, way] if at else [way]
    return runs


HEAD = [
    Criterion(gettext_lazy("Stadt"), _city, is_own=True),
    Criterion(gettext_lazy("Einwohner"), _population, is_own=True, cell=_population_cell),
    Criterion(gettext_lazy("Art"), lambda practice, _profile: str(practice.get_kind_display())),
    Criterion(gettext_lazy("Stand"), lambda practice, _profile: capfirst(str(practice.get_phase_display()))),
    Criterion(gettext_lazy("Zeitraum"), lambda _practice, profile: profile.period),
]
AMOUNTS = [each for kind in FigureKind for each in (_amount(kind), _figure(kind))]
RESULTS = [
    Criterion(gettext_lazy("Ergebnisse in Zahlen"), _results),
    Criterion(gettext_lazy("Förderung"), _funding),
]
FIGURES = [*(_figure(kind) for kind in FigureKind), *RESULTS]
REUSE = [
    Criterion(
        gettext_lazy("Produkte"),
        lambda _practice, profile: ", ".join(product.product for product in profile.reuse.products),
    ),
    Criterion(gettext_lazy("Lizenz"), lambda _practice, profile: profile.reuse.licence),
    Criterion(gettext_lazy("Angebot an andere"), lambda _practice, profile: ", ".join(profile.reuse.offers)),
]
TRUST = [
    Criterion(gettext_lazy("Übernommen von"), lambda practice, _profile: adopters_in_short(practice)),
    Criterion(
        gettext_lazy("Zuletzt geprüft"),
        lambda practice, _profile: f"{practice.checked_on:%d.%m.%Y}" if practice.checked_on else "",
        is_own=True,
        cell=lambda practice, _profile: practice.checked_on,
    ),
    Criterion(
        gettext_lazy("Zuletzt bestätigt"),
        lambda practice, _profile: f"{practice.confirmed_on:%d.%m.%Y}" if practice.confirmed_on else "",
        is_own=True,
        cell=lambda practice, _profile: practice.confirmed_on,
    ),
    Criterion(gettext_lazy("Ansprechstelle"), _contact, is_own=True, runs=_contact_runs),
]
WHAT = ["starting_point", "solution"]
TEXTS = ["stop_reason", "lessons", "obstacles", "prerequisites", "adaptation", "unsuitable_for", "legal"]


def side_by_side() -> list[Criterion]:
    """The rows of a comparison, what decides first."""
    return [*HEAD, *map(_text, WHAT), *FIGURES, *map(_text, TEXTS), *REUSE, *TRUST]


def in_columns() -> list[Criterion]:
    """The columns of a spreadsheet: what can be sorted and filtered, without the long texts."""
    return [*HEAD, *AMOUNTS, *RESULTS, *REUSE, *TRUST]
