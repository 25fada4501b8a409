"""The matrix as a spreadsheet: the picture in letters, the same as a list, and what the letters mean."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from documents.answers import xlsx_answer
from practices.matrix.marks import SIGNS, in_words, letters
from practices.matrix.reading import Matrix

NAME_WIDTH, WIDE = 28, 48


def answer(matrix: Matrix) -> HttpResponse:
    """The file, as an attachment."""
    workbook = Workbook(write_only=True)
    _picture(workbook, matrix)
    rows = ((city[1], topic.name, in_words(cell)) for city, topic, cell in matrix.filled())
    _list(workbook, _("Liste"), [_("Stadt"), _("Thema"), _("Was die Stadt macht")], rows)
    signs = ((sign.letter, str(sign.label)) for sign in SIGNS)
    _list(workbook, _("Zeichen"), [_("Zeichen"), _("Bedeutung")], signs)
    content = io.BytesIO()
    workbook.save(content)
    return xlsx_answer(content.getvalue(), f"Matrix-{timezone.localdate():%Y-%m-%d}")


def _picture(workbook: Workbook, matrix: Matrix) -> None:
    sheet: Any = workbook.create_sheet(_("Matrix"))
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = NAME_WIDTH
    sheet.append([_text(sheet, _("Stadt"), bold=True), *(_turned(sheet, one.name) for one in matrix.topics)])
    for city_id, name, _slug in matrix.cities:
        cells = (matrix.cells.get((city_id, topic.id)) for topic in matrix.topics)
        sheet.append(
            [_text(sheet, name, bold=True), *(_text(sheet, letters(one)) if one else None for one in cells)]
        )


def _list(workbook: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    sheet: Any = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter in "ABC"[: len(head)]:
        sheet.column_dimensions[letter].width = WIDE
    sheet.append([_text(sheet, text, bold=True) for text in head])
    for row in rows:
        sheet.append([_text(sheet, text) for text in row])


def _text(sheet: Any, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell that stays text, also where it looks like a formula."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _turned(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text, bold=True)
    cell.alignment = Alignment(text_rotation=90, vertical="bottom")
    return cell
