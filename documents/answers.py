"""Answers that are documents."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Without a trace in caches that others use: what is inside depends on who asks.
PRIVATE = "private, no-store"


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Saved under the name; never shown in a frame of the portal, whose policy viewers do not know."""
    return _answer(content, PDF, f"{name}.pdf")


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """Saved under the name."""
    return _answer(content, XLSX, f"{name}.xlsx")


def _answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    assert disposition is not None  # noqa: S101  only what is shown without a name has none
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = PRIVATE
    return response
