"""Tables that people bring: what the cells of an XLSX or CSV file say, as text.

A file may be damaged, locked or made to do harm. Whatever is wrong with it is an UnreadableTableError, and
what it costs to find that out has an end.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from zipfile import ZipFile, ZipInfo

import openpyxl
from django.utils.translation import gettext as _

MEGABYTE = 1024 * 1024
ZIP, OLE, PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
IS_ENCRYPTED = 0x1  # flag of an entry
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ";\t,"
LAST_ROW = 100_000  # how far down a sheet is looked at; rows without cells cost time as well
OTHER_TAGS = 50_000  # that are no cells, of one part: styles and names cost ten times as much
MOST_LOOKS = 2  # times the tags of one part, in all sheets together
CELLS = re.compile(rb"</?(?:\w+:)?(?:c|f|is|r|row|si|t|v)[\s/>]")
SHEETS = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
# Spreadsheets declare no type; entities are how small parts become large. In UTF-16 zeros stand between.
DECLARES_TYPE = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)
LARGEST_INTEGER = 1e15  # above it a float no longer knows its last digit


class UnreadableTableError(Exception):
    """The file cannot be read; the text says to the person why, and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much a reader takes. Rows are counted without the headings and without those that are empty."""

    size: int  # bytes of the file
    rows: int
    columns: int
    cell: int = 32_767  # signs; Excel allows no more
    unpacked: int = 60 * MEGABYTE  # of a workbook
    tags: int = 1_500_000  # of one of its parts; of cells a million take about three seconds


class Row(NamedTuple):
    """The cells of a row up to its last one with text, and the number that a spreadsheet shows beside it."""

    number: int
    cells: list[str]


def read(content: bytes, limits: Limits, *, titled: str = "") -> list[Row]:
    """The rows that say something, the headings first; none where the file is empty.

    Of a workbook that is the first sheet, or the first whose title begins with `titled`.
    """
    if len(content) > limits.size:
        raise UnreadableTableError(
            _("Die Datei hat mehr als %(most)d MB. Bitte laden Sie nur die Tabelle hoch.")
            % {"most": limits.size // MEGABYTE}
        )
    _refuse_others(content)
    found: list[Row] = []
    for row in _of_workbook(content, limits, titled) if is_workbook(content) else _of_text(content):
        while row.cells and not row.cells[-1]:
            row.cells.pop()
        if row.cells:
            _check(row, limits)
            found.append(row)
        if len(found) > limits.rows + 1:
            raise UnreadableTableError(
                _("Die Tabelle hat mehr als %(most)d Zeilen; höchstens so viele gehen auf einmal.")
                % {"most": limits.rows}
            )
    return found


def _refuse_others(content: bytes) -> None:
    if content.startswith(OLE) and ENCRYPTED_PACKAGE in content:
        raise _encrypted()
    if content.startswith((OLE, PDF)):
        raise UnreadableTableError(
            _(
                "Das ist eine alte Excel-Datei (.xls), ein anderes Office-Dokument oder ein PDF. Bitte "
                "speichern Sie die Tabelle als .xlsx oder .csv und laden Sie sie noch einmal hoch."
            )
        )


def _check(row: Row, limits: Limits) -> None:
    if len(row.cells) > limits.columns:
        raise UnreadableTableError(
            _("Die Tabelle hat mehr als %(most)d Spalten. Bitte lassen Sie weg, was nicht gebraucht wird.")
            % {"most": limits.columns}
        )
    if any(len(cell) > limits.cell for cell in row.cells):
        raise UnreadableTableError(
            _("In Zeile %(number)d hat eine Zelle mehr als %(most)d Zeichen. Bitte kürzen Sie sie.")
            % {"number": row.number, "most": limits.cell}
        )


def _of_text(content: bytes) -> Iterator[Row]:
    text = _decoded(content)
    head = next((line for line in text.splitlines() if line.strip()), "")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=head.count), strict=True)
    try:
        for cells in lines:
            yield Row(lines.line_num, [cell.strip() for cell in cells])
    except csv.Error:
        raise UnreadableTableError(
            _("Die CSV-Datei ist beschädigt: Ein Anführungszeichen fehlt oder steht zu viel da.")
        ) from None


def _decoded(content: bytes) -> str:
    """Excel writes Unicode text as UTF-16 and CSV in the code page of Windows unless told otherwise."""
    encodings = ["utf-16"] if content.startswith(UTF_16) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableTableError(
        _("Das ist weder eine CSV-Datei noch eine Excel-Datei (.xlsx). CSV geht als UTF-8 oder Windows-1252.")
    )


def _of_workbook(content: bytes, limits: Limits, titled: str) -> Iterator[Row]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, limits)
        yield from _of_sheet(content, limits, titled)
    except UnreadableTableError:
        raise
    except Exception as error:
        # Nobody can list what zlib, zipfile, expat and openpyxl raise for broken files.
        raise unreadable_workbook() from error


def _check_archive(archive: ZipFile, limits: Limits) -> None:
    """Every part is unpacked once, without keeping it, before anything is made of one.

    Which part is what an archive says itself, so what a sheet may hold is told by the tags, not by names.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise _encrypted()
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise _too_much()
    sheets = largest = 0
    for entry in entries:
        tags = others = 0
        for piece in _pieces(archive, entry):
            if DECLARES_TYPE.search(piece):
                raise ValueError("a part declares a type of its own")
            number = piece.count(b"<")
            tags += number
            others += number - sum(1 for _found in CELLS.finditer(piece))
            sheets += sum(1 for _found in SHEETS.finditer(piece))
        if tags > limits.tags or others > OTHER_TAGS:
            raise _too_much()
        largest = max(largest, tags)
    # All sheets that a workbook lists are looked through when it is opened, one part as often as it is named.
    if sheets * largest > MOST_LOOKS * limits.tags:
        raise _too_much()


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """A part in pieces that begin with a tag."""
    rest = b""
    with archive.open(entry) as part:
        while chunk := part.read(MEGABYTE):
            rest += chunk
            if (cut := rest.rfind(b"<")) > 0 or len(rest) > 2 * MEGABYTE:
                cut = cut if cut > 0 else len(rest)
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _of_sheet(content: bytes, limits: Limits, titled: str) -> Iterator[Row]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.title.startswith(titled)]
    if titled and not sheets:
        return
    sheet = sheets[0]
    sheet.reset_dimensions()  # some programs write wrong ones, and cells beyond them would be lost
    length = 0
    rows = sheet.iter_rows(max_row=LAST_ROW + 1, max_col=limits.columns + 1, values_only=True)
    for number, values in enumerate(rows, 1):
        if number > LAST_ROW:
            raise UnreadableTableError(
                _(
                    "Die Tabelle reicht weiter als bis Zeile %(last)d. Bitte löschen Sie in Excel die leeren "
                    "Zeilen am Ende."
                )
                % {"last": LAST_ROW}
            )
        if values.count(None) == len(values):
            continue
        # A text that many cells share is stored once, so a small file may say very much.
        length += sum(len(value) for value in values if isinstance(value, str))
        if length > limits.unpacked:
            raise _too_much()
        yield Row(number, [_said(value) for value in values])


def _said(value: Any) -> str:
    """A cell as people write it; spreadsheets keep keys and years as numbers."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_INTEGER:
        value = int(value)
    return str(value).strip()


def _encrypted() -> UnreadableTableError:
    return UnreadableTableError(
        _("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
    )


def is_workbook(content: bytes) -> bool:
    return content.startswith(ZIP)


def unreadable_workbook() -> UnreadableTableError:
    return UnreadableTableError(
        _(
            "Die Datei ist keine lesbare Excel-Datei (.xlsx). Bitte öffnen Sie sie in Excel und "
            "speichern Sie sie noch einmal."
        )
    )


def _too_much() -> UnreadableTableError:
    return UnreadableTableError(
        _(
            "Ausgepackt ist die Datei zu groß. Bitte lassen Sie Blätter, Spalten und Bilder weg, die nicht "
            "gebraucht werden."
        )
    )
