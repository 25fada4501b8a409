"""XLSX files: one table a sheet, with a head that stays in view."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from notifications.naming import network_name

Value = str | int | float | Decimal | dt.date | dt.datetime | None
LONGEST_TEXT, LONGEST_TITLE = 32_767, 31  # Excel's own limits
FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDTH = 24


class Link(NamedTuple):
    """A cell that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class Sheet:
    """A table; `widths` in letters, for the columns from the left.

    A matrix has heads on the left as well, which stay in view, and turns those above, since it has many.
    """

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value | Link]]
    widths: Sequence[int] = field(default=())
    is_matrix: bool = False


def workbook(sheets: Iterable[Sheet], *, title: str) -> bytes:
    """The file. Text stays text, whatever it begins with: nothing that people wrote is calculated."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = network_name()
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _free_title(sheet.title, taken))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _free_title(title: str, taken: set[str]) -> str:
    """As Excel allows it: without some signs, short, and no two alike."""
    plain = " ".join(title.translate(FORBIDDEN_IN_TITLES).split()).strip("'")[:LONGEST_TITLE] or "Tabelle"
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain[: LONGEST_TITLE - 4]} ({number})"
    taken.add(free.casefold())
    return free


def _write(book: Any, sheet: Sheet, title: str) -> None:
    page = book.create_sheet(title)
    page.freeze_panes = "B2" if sheet.is_matrix else "A2"
    for number in range(1, len(sheet.head) + 1):
        width = sheet.widths[number - 1] if number <= len(sheet.widths) else WIDTH
        page.column_dimensions[get_column_letter(number)].width = width
    head = [_cell(page, name, is_head=True) for name in sheet.head]
    if sheet.is_matrix:
        for cell in head[1:]:
            cell.alignment = Alignment(text_rotation=90, vertical="bottom")
    page.append(head)
    for row in sheet.rows:
        page.append(
            [_cell(page, value, is_head=sheet.is_matrix and not place) for place, value in enumerate(row)]
        )


def _cell(page: Any, value: Value | Link, *, is_head: bool = False) -> Cell:
    shown: Any = value.text if isinstance(value, Link) else value
    if isinstance(shown, dt.datetime):
        shown = timezone.localtime(shown).replace(tzinfo=None)
    cell = WriteOnlyCell(page)
    if isinstance(shown, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", shown)[:LONGEST_TEXT]
        cell.data_type = "s"  # not "f" for a formula, not "e" for an error
    else:
        cell.value = shown
        cell.number_format = _format_of(shown)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(shown, str))
    if isinstance(value, Link) and value.url.startswith(("https://", "http://", "mailto:")):
        cell.hyperlink = value.url
        cell.font = Font(underline="single", color="00447A")
    elif is_head:
        cell.font = Font(bold=True)
    return cell


def _format_of(value: Any) -> str:
    """Amounts are grouped as the language of the reader does it; other numbers, such as years, are not."""
    if isinstance(value, Decimal):
        return "#,##0" if value == value.to_integral_value() else "#,##0.00"
    if isinstance(value, dt.datetime):
        return "DD.MM.YYYY HH:MM"
    return "DD.MM.YYYY" if isinstance(value, dt.date) else "General"
