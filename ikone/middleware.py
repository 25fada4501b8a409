"""Middleware that concerns every answer of the portal."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware as PgHistoryMiddleware

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


class SecurityHeadersMiddleware:
    """Headers that neither Django nor django-csp sets; stands above WhiteNoise, so static files have them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if "Cookie" in response.headers.get("Vary", ""):
            # It shows what one person may see: no cache that people share may keep it.
            response.headers.setdefault("Cache-Control", "private")
        return response


class HistoryMiddleware(PgHistoryMiddleware):
    """Keeps who made a change. The address is left out: some carry a secret, and none is needed."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().get_context(request)
        return {"user": context["user"]}
