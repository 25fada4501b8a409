"""Reads a table from CSV or XLSX: the first row names the columns, every other one is a record.

Column names are compared without case, signs and umlauts: „LeiKa-Schlüssel“ and „leika schluessel“ are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from documents import tables
from search.folding import german_slug

LARGEST = 5 * tables.MEGABYTE
LIMITS = tables.Limits(size=LARGEST, rows=10_000, columns=100)
LONGEST = 2_000  # signs of what is taken over; columns that are not read may say more
FORMULA = ("=", "+", "-", "@")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line; line 0 is the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        return _("Zeile %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class SheetError(Exception):
    """The file cannot be taken over; `problems` says why, line by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = list(problems)

    @classmethod
    def of_file(cls, message: str) -> SheetError:
        return cls([Problem(0, message)])


@dataclass(frozen=True)
class Row:
    """A record: the number of its line, and its cells by the name of the column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """What a file says. `columns` are the names of those that are known; `ignored` were in it as well."""

    columns: Sequence[str]
    rows: Sequence[Row]
    ignored: Sequence[str] = field(default_factory=tuple)


def read(content: bytes, columns: Mapping[str, Sequence[str]], *, needed: Iterable[str]) -> Sheet:
    """The records of a file. `columns` are the ways to write each column's name, `needed` must be there.

    Raises SheetError.
    """
    try:
        rows = tables.read(content, LIMITS)
    except tables.UnreadableTableError as error:
        raise SheetError.of_file(str(error)) from error
    numbered = [(row.number, [_tidy(cell) for cell in row.cells]) for row in rows]
    if not numbered:
        raise SheetError.of_file(_("Die Datei ist leer."))
    return _sheet(numbered, columns, needed)


def _sheet(
    numbered: list[tuple[int, list[str]]], columns: Mapping[str, Sequence[str]], needed: Iterable[str]
) -> Sheet:
    names = {german_slug(name): column for column, ways in columns.items() for name in ways}
    _line, head = numbered[0]
    places: dict[str, int] = {}
    ignored = []
    for place, name in enumerate(head):
        column = names.get(german_slug(name))
        if column is None and name:
            ignored.append(name[:80])
        elif column is not None and column in places:
            raise SheetError.of_file(_("Die Spalte „%(name)s“ gibt es zweimal.") % {"name": name[:80]})
        elif column is not None:
            places[column] = place
    if missing := [columns[column][0] for column in needed if column not in places]:
        raise SheetError.of_file(
            _("In der ersten Zeile fehlt: %(names)s.")
            % {"names": ", ".join(_("„%(text)s“") % {"text": name} for name in missing)}
        )
    rows = [
        Row(number, {column: cells[place] for column, place in places.items() if place < len(cells)})
        for number, cells in numbered[1:]
    ]
    if too_long := [
        Problem(row.line, _("Eine Angabe hat mehr als %(most)d Zeichen.") % {"most": LONGEST})
        for row in rows
        if any(len(cell) > LONGEST for cell in row.cells.values())
    ]:
        raise SheetError(too_long)
    return Sheet(list(places), rows, ignored)


def _tidy(text: str) -> str:
    tidy = " ".join(CONTROL.sub(" ", text).split())
    return tidy[1:] if tidy.startswith("'") and tidy[1:].startswith(FORMULA) else tidy


def harmless(text: str) -> str:
    """For a table that is given away: no cell that a spreadsheet would compute. `read` takes the mark off."""
    return f"'{text}" if text.startswith(FORMULA) else text
