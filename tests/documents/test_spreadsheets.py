"""Spreadsheets: what people wrote stays text."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from documents.spreadsheets import Link, Sheet, Value, workbook


def opened(*sheets: Sheet) -> Any:
    return load_workbook(io.BytesIO(workbook(sheets, title="Probe")))


def test_numbers_dates_and_links_are_what_they_are() -> None:
    link = Link("Seite", "https://example.org/")
    row: list[Value | Link] = [Decimal("60750.50"), dt.date(2026, 12, 24), link, None, "Text"]
    page = opened(Sheet("Zahlen", ["a", "b", "c", "d", "e"], [row], widths=[10]))["Zahlen"]
    values = [cell.value for cell in page[2]]
    assert values[0] == 60750.5
    assert values[1].date() == dt.date(2026, 12, 24)
    assert values[2:] == ["Seite", None, "Text"]
    assert page["C2"].hyperlink.target == "https://example.org/"
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width == 10


def test_nothing_that_people_wrote_is_calculated() -> None:
    words = ['=HYPERLINK("http://x")', "+1", "@SUM(A1)", "-2", "\x00\x1bText"]
    hostile: list[str | Link] = [*words, Link("=1+1", "javascript:x")]
    page = opened(Sheet("T", ["a"], [[one] for one in hostile])).active
    cells = [page.cell(number, 1) for number in range(2, 8)]
    assert [cell.value for cell in cells] == [*hostile[:4], "Text", "=1+1"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[-1].hyperlink is None


def test_names_of_sheets_are_made_to_fit() -> None:
    book = opened(*(Sheet(title, ["a"], []) for title in ("A/B:[C]?", "a b c", "N" * 40, "")))
    assert book.sheetnames == ["A B C", "a b c (2)", "N" * 31, "Tabelle"]
