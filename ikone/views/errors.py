"""Pages for what went wrong. They need no database."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.resending import resend_page
from search.reading import SearchTooSlow

log = structlog.get_logger(__name__)


def database_away(request: HttpRequest) -> HttpResponse:
    """503; the browser asks again after a few seconds."""
    log.exception("database_away")
    response = render(None, "errors/503.html", status=503)
    response["Retry-After"] = response["Refresh"] = "10"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(None, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the reason where the view has given one."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort of views and of every middleware; 503 where the database failed or took too long."""
    if isinstance(sys.exception(), OperationalError | InterfaceError | SearchTooSlow):
        return database_away(request)
    return render(None, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose session ended or began anew; what was typed can be sent once more."""
    if request.user.is_authenticated and (page := resend_page(request, is_back=True)):
        return page
    return render(request, "errors/csrf.html", status=403)
