"""The matrix as a spreadsheet: the picture in letters, the same as a list, and what the letters mean."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.answers import xlsx_answer
from documents.spreadsheets import Sheet, workbook
from practices.matrix.marks import SIGNS, in_words, letters
from practices.matrix.reading import Matrix

NAMES, CELLS, WORDS = 28, 7, 48  # widths of columns in letters


def answer(matrix: Matrix) -> HttpResponse:
    """The file, as an attachment."""
    topics = [topic.name for topic in matrix.topics]
    sheets = [
        Sheet(
            _("Matrix"),
            head=[_("Stadt"), *topics],
            rows=_picture(matrix),
            widths=[NAMES, *(CELLS for _topic in topics)],
            is_matrix=True,
        ),
        Sheet(
            _("Liste"),
            head=[_("Stadt"), _("Thema"), _("Was die Stadt macht")],
            rows=((city[1], topic.name, in_words(cell)) for city, topic, cell in matrix.filled()),
            widths=[NAMES, WORDS, WORDS],
        ),
        Sheet(
            _("Zeichen"),
            head=[_("Zeichen"), _("Bedeutung")],
            rows=((sign.letter, str(sign.label)) for sign in SIGNS),
        ),
    ]
    content = workbook(sheets, title=_("Städte und Themen"))
    return xlsx_answer(content, f"Matrix-{timezone.localdate():%Y-%m-%d}")


def _picture(matrix: Matrix) -> Iterator[list[str | None]]:
    for city_id, name, _slug in matrix.cities:
        cells = (matrix.cells.get((city_id, topic.id)) for topic in matrix.topics)
        yield [name, *(letters(cell) if cell else None for cell in cells)]
