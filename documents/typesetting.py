"""PDF/UA-1 out of typst templates and data: tagged, with title, language and fonts inside.

A template lies beside the HTML templates (`templates/APP/NAME.typ`), begins with

    #import "/documents/sheet.typ": *
    #show: sheet

and reads `data`. What people wrote reaches it as strings in JSON, never as markup.
"""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from documents.glyphs import Verbatim, printable
from notifications.naming import network_name

FONTS = Path(__file__).resolve().parent / "fonts"
STANDARD: Final = "ua-1"


class TypesettingError(Exception):
    """The document could not be set, or not so that everybody can read it."""


class _Press:
    """A compiler is kept for its template, because reading fonts takes longer than setting a page."""

    def __init__(self, template: str) -> None:
        root = Path(settings.BASE_DIR) / "templates"
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
        self._compiler = typst.Compiler(str(root / template), root=str(root), font_paths=fonts)
        self._lock = threading.Lock()

    def print(self, data: dict[str, Any]) -> bytes:
        with self._lock:
            try:
                made = self._compiler.compile(
                    format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=[STANDARD]
                )
            except typst.TypstError as error:
                raise TypesettingError(error.diagnostic or str(error)) from error
        assert isinstance(made, bytes)  # noqa: S101  without an output path and with one format
        return made


@lru_cache
def _press(template: str) -> _Press:
    return _Press(template)


def pdf(template: str, data: dict[str, Any], *, title: str) -> bytes:
    """Set `data`, which JSON can hold, in the template. Raises TypesettingError.

    `title` is what readers' windows and lists show. It, `language`, `network` and today's `day` are there
    without being given. The language is that of the words around people's texts.
    """
    known = {
        "title": Verbatim(title),
        "language": get_language() or settings.LANGUAGE_CODE,
        "network": network_name(),
        "day": date_format(timezone.localdate(), "j. F Y"),
    }
    return _press(template).print(printable(known | data))
