"""A table of products out of a CSV or XLSX file, as rows of text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents import tables

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 500, 40, 2_000
LIMITS = tables.Limits(
    size=2 * tables.MEGABYTE, rows=MOST_ROWS, columns=MOST_COLUMNS, cell=LONGEST_CELL, tags=1_000_000
)

Table = list[list[str]]  # the first row has the headings; all rows are equally long


def read_table(content: bytes, name: str = "") -> Table:
    """The rows that say something, the headings first. Raises ValidationError with what to do.

    The `name` counts only where there is no table: who renames a CSV file keeps its content.
    """
    try:
        rows = [row.cells for row in tables.read(content, LIMITS)]
    except tables.UnreadableTableError as error:
        raise ValidationError(str(error)) from error
    if len(rows) < 2 and name.lower().endswith(".xlsx") and not tables.is_workbook(content):
        raise ValidationError(str(tables.unreadable_workbook()))
    if len(rows) < 2:
        raise ValidationError(_("In der Datei steht keine Tabelle mit Überschriften und Zeilen darunter."))
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]
