"""Pages for what went wrong. They need no database."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = structlog.get_logger(__name__)


def database_away(request: HttpRequest) -> HttpResponse:
    """503; the browser asks again after a few seconds."""
    log.exception("database_away")
    response = render(None, "errors/503.html", status=503)
    response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose session ended; the browser's back button still has what was typed."""
    return render(request, "errors/csrf.html", status=403)
