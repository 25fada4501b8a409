"""A table of products out of a CSV or XLSX file, as rows of text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 500, 40, 2_000
ZIP, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
DELIMITERS = ";,\t"

Table = list[list[str]]  # the first row has the headings; all rows are equally long


def read_table(content: bytes) -> Table:
    """The rows that say something, the headings first. Raises ValidationError with what to do."""
    if len(content) > LARGEST:
        raise ValidationError(_("Die Datei hat mehr als 2 MB. Bitte nur die Tabelle der Produkte hochladen."))
    if content.startswith((OLD_OFFICE, PDF)):
        raise ValidationError(_("Bitte als .xlsx oder .csv speichern und noch einmal hochladen."))
    rows = _of_workbook(content) if content.startswith(ZIP) else _of_text(content)
    rows = [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:
        raise ValidationError(_("In der Datei steht keine Tabelle mit Überschriften und Zeilen darunter."))
    if len(rows) - 1 > MOST_ROWS:
        raise ValidationError(
            _("Die Tabelle hat %(number)d Zeilen; höchstens %(most)d gehen auf einmal.")
            % {"number": len(rows) - 1, "most": MOST_ROWS}
        )
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise ValidationError(_("Eine Zelle hat mehr als %(most)d Zeichen.") % {"most": LONGEST_CELL})
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _of_text(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        raise ValidationError(
            _("Die CSV-Datei ist beschädigt: Ein Anführungszeichen fehlt oder steht zu viel da.")
        ) from None


def _decoded(content: bytes) -> str:
    """Excel writes CSV in the code page of Windows unless told otherwise."""
    if b"\x00" in content:
        raise ValidationError(_("Das ist weder eine CSV- noch eine Excel-Datei."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_workbook(content: bytes) -> list[list[str]]:
    broken = ValidationError(
        _("Die Excel-Datei lässt sich nicht öffnen. Speichern Sie sie noch einmal als .xlsx.")
    )
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED:
                raise broken
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, max_row=20 * MOST_ROWS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, AttributeError):
        raise broken from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "")
