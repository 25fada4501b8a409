"""Answers that are documents."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Without a trace in caches that others use: what is inside depends on who asks.
PRIVATE = "private, no-store"


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Shown by the browser, from where it is printed or saved as `name`."""
    return _answer(content, PDF, f"{name}.pdf", as_attachment=False)


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    """Saved under the name."""
    return _answer(content, XLSX, f"{name}.xlsx", as_attachment=True)


def _answer(content: bytes, media_type: str, name: str, *, as_attachment: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment, name)
    response["Cache-Control"] = PRIVATE
    return response
