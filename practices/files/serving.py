"""Answers that are uploaded files: nothing in them can run in the portal's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from csp.constants import NONE
from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from practices.models import StoredFile

log = structlog.get_logger(__name__)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# A sandbox without permissions: no script, no form, an origin of its own.
sandboxed: Callable[[View], View] = csp(  # type: ignore[assignment]
    {name: [NONE] for name in ("default-src", "base-uri", "form-action", "frame-ancestors")}
    | {"sandbox": True}
)


def download(request: HttpRequest, stored: StoredFile, name: str) -> HttpResponseBase:
    """The file under a name, to be saved and never shown."""
    return _answer(request, stored, name, as_attachment=True)


def picture(request: HttpRequest, stored: StoredFile, name: str) -> HttpResponseBase:
    """A picture to be shown inside a page; 404 for anything that we have not encoded ourselves."""
    if not stored.is_picture:
        raise Http404
    return _answer(request, stored, name, as_attachment=False)


def _answer(request: HttpRequest, stored: StoredFile, name: str, *, as_attachment: bool) -> HttpResponseBase:
    etag = f'"{stored.digest}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, response=None)
    if response is None:
        try:
            content = stored.open()
        except FileNotFoundError:
            log.error("stored_file_lost", stored=stored.pk)
            raise Http404 from None
        response = FileResponse(
            content, as_attachment=as_attachment, filename=name, content_type=stored.media_type
        )
    response["ETag"] = etag
    # Asks each time whether this person may still see it; the bytes come from the browser's own store.
    response["Cache-Control"] = "private, no-cache"
    return response
