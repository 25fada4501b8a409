"""The comparison as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from documents.prose import Block, shortened
from practices.comparing.criteria import Criterion, side_by_side
from practices.profile import Profile
from practices.reading import several_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST = 4
LETTERS = 400  # of a text in one cell


@dataclass(frozen=True)
class Column:
    """One write-up; `without` is the address of the comparison of the others, `short` its letter and city."""

    pk: int
    short: str
    title: str
    url: str
    preline: str
    without: str


@dataclass(frozen=True)
class Cell:
    """What one write-up says; `blocks` where it is rich text. `short` is its column's."""

    short: str
    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Line:
    """One criterion. It differs when not all say the same; saying nothing is different, too, unless only one
    says anything: then there is nothing to compare with.

    It is not marked where each has its own anyway.
    """

    label: str
    cells: list[Cell]
    is_marked: bool

    @property
    def is_alone(self) -> bool:
        return len(self.cells) > 1 and sum(1 for cell in self.cells if cell.text) == 1

    @property
    def differs(self) -> bool:
        return not self.is_alone and len({" ".join(cell.text.split()) for cell in self.cells}) > 1

    @property
    def mark(self) -> str:
        if not self.is_marked:
            return ""
        if self.is_alone:
            return _("nur eine Angabe")
        return _("verschieden") if self.differs else _("gleich")


@dataclass(frozen=True)
class Comparison:
    columns: list[Column]
    lines: list[Line]

    @property
    def ids(self) -> list[int]:
        return [column.pk for column in self.columns]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @classmethod
    def of(cls, ids: Sequence[int], reader: User | AnonymousUser) -> Comparison:
        """Those of at most MOST that this person may read. Lines that none of them fills are left out."""
        practices = several_for(reader, ids[:MOST])
        told = [(practice, Profile.of(practice, reader)) for practice in practices]
        known = [practice.pk for practice in practices]
        shorts = [_short(at, practice, profile) for at, (practice, profile) in enumerate(told)]
        columns = [
            Column(
                practice.pk,
                short,
                practice.title,
                practice.get_absolute_url(),
                profile.preline,
                address_of(key for key in known if key != practice.pk),
            )
            for short, (practice, profile) in zip(shorts, told, strict=True)
        ]
        lines = [_line(criterion, told, shorts) for criterion in side_by_side()]
        return cls(columns, [line for line in lines if any(cell.text for cell in line.cells)])


def _short(at: int, practice: Any, profile: Profile) -> str:
    """„A · Trier“: what tells the write-up apart on a phone, where its title would stand in every cell."""
    letter = "ABCD"[at]
    return f"{letter} · {practice.city.name}" if profile.shows_city else letter


def _line(criterion: Criterion, told: list[tuple[Any, Profile]], shorts: list[str]) -> Line:
    cells = [
        Cell(
            short,
            criterion.read(practice, profile),
            shortened(criterion.blocks_of(practice, profile), LETTERS),
        )
        for short, (practice, profile) in zip(shorts, told, strict=True)
    ]
    return Line(str(criterion.label), cells, is_marked=len(cells) > 1 and not criterion.is_own)


def chosen_in(values: Iterable[str]) -> list[int]:
    """The numbers of write-ups in an address, each once; what is none is left out."""
    numbers = (int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 16)
    return list(dict.fromkeys(numbers))


def address_of(ids: Iterable[int], name: str = "practices:compare") -> str:
    query = urlencode([("p", key) for key in ids])
    return f"{reverse(name)}?{query}" if query else reverse(name)
