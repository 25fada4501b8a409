"""What the check says, and where it is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from practices.adoption.spending import Spent
from practices.enums import Basis, FigureKind
from practices.figures.reading import amount_text, unit_of
from practices.transfer.enums import Verdict


@dataclass(frozen=True)
class Said:
    """A sentence; `url` leads to the record that it rests on."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Finding:
    """What the portal makes of a line; `unknown` says what it does not know, `caveat` the same in short."""

    verdict: Verdict
    said: list[Said] = field(default_factory=list)
    unknown: str = ""
    caveat: str = ""


def said_of(others: Iterable[Spent]) -> list[Said]:
    """What other cities needed, each leading to its record."""
    return [Said(one.text, one.url) for one in others]


def amounts_of(practice: Any, kind: FigureKind, where: str) -> list[tuple[Said, Decimal, Basis]]:
    """Each amount of a kind in words with its basis, from the rows that `for_page()` brings."""
    found = []
    for row in practice.figure_rows:
        if row["kind"] == kind:
            number, basis = Decimal(row["amount"]), Basis(row["basis"])
            words = f"{kind.label}: {amount_text(number, row['accuracy'], unit_of(kind))} ({basis.label})"
            found.append((Said(words, where), number, basis))
    return found


def days_of(practice: Any, kind: FigureKind, where: str) -> tuple[list[Said], Decimal]:
    """The amounts of a kind, and the largest of them: what is estimated is not added to what was measured."""
    found = amounts_of(practice, kind, where)
    return [said for said, _number, _basis in found], max(
        (number for _said, number, _basis in found), default=Decimal(0)
    )
