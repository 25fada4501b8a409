"""Reads a table from CSV or XLSX: the first row names the columns, every other one is a record.

Column names are compared without case, signs and umlauts: „LeiKa-Schlüssel“ and „leika schluessel“ are one.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from search.folding import german_slug

LARGEST, LARGEST_UNPACKED = 5 * 1024 * 1024, 60 * 1024 * 1024
MOST_ROWS = 10_000
LONGEST = 2_000
OTHER_OFFICE = (b"\xd0\xcf\x11\xe0", b"%PDF")
LARGEST_KEY = 1e15
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
    if len(content) > LARGEST:
        raise SheetError.of_file(_("Die Datei hat mehr als 5 MB."))
    if not content.strip():
        raise SheetError.of_file(_("Die Datei ist leer."))
    if content.startswith(OTHER_OFFICE):
        raise SheetError.of_file(
            _("Ein altes oder geschütztes Office-Dokument oder ein PDF. Gebraucht wird .xlsx oder .csv.")
        )
    lines = _from_xlsx(content) if content.startswith(b"PK") else _from_csv(content)
    numbered = [(number, cells) for number, cells in lines if any(cells)]
    if len(numbered) > MOST_ROWS:
        raise SheetError.of_file(
            _("Die Datei hat mehr als %(most)d Zeilen. Bitte teilen Sie sie.") % {"most": MOST_ROWS}
        )
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


def _from_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [_tidy(cell) for cell in cells]
    except csv.Error as error:
        raise SheetError.of_file(_("Die Datei ist keine lesbare CSV-Datei.")) from error


def _from_xlsx(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise SheetError.of_file(_("Die Datei ist entpackt zu groß."))
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for number, values in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            if number > 2 * MOST_ROWS:
                break
            yield number, [_cell(value) for value in values]
    except (BadZipFile, KeyError, IndexError, ValueError, TypeError, OSError, SyntaxError) as error:
        # What openpyxl raises for archives that are no workbook or are cut off.
        raise SheetError.of_file(_("Die Datei ist keine lesbare Excel-Datei (.xlsx).")) from error


def _cell(value: Any) -> str:
    """A cell as text; spreadsheets keep keys as numbers."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_KEY:
        value = int(value)
    return _tidy(str(value))


def _tidy(text: str) -> str:
    tidy = " ".join(CONTROL.sub(" ", text).split())
    return tidy[1:] if tidy.startswith("'") and tidy[1:].startswith(FORMULA) else tidy


def harmless(text: str) -> str:
    """For a table that is given away: no cell that a spreadsheet would compute. `read` takes the mark off."""
    return f"'{text}" if text.startswith(FORMULA) else text
