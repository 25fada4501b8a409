"""/api/v1/: what the portal shows, for machines. Who is logged in sees what pages show them."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache.backends.locmem import LocMemCache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path as address
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.throttling import AnonRateThrottle, UserRateThrottle

from ikone.finding.api import router as search_router
from practices.api import router as practices_router
from search.searching import SearchTooSlow
from ui.pydantic_errors import said

COUNTS = LocMemCache("throttling", {})  # in the process: asking must not write to the database
WRAPPERS = {"query", "path", "filters", "asked"}  # what is wrong is named as it stands in the address


class Visitors(AnonRateThrottle):
    """By address, as the login's throttle tells it behind proxies. Members share their town hall's."""

    cache = COUNTS

    def get_cache_key(self, request: HttpRequest) -> str | None:
        return None if request.user.is_authenticated else super().get_cache_key(request)

    def get_ident(self, request: HttpRequest) -> str:
        return str(get_adapter().get_client_ip(request))


class Members(UserRateThrottle):
    cache = COUNTS


api = NinjaAPI(
    title=settings.NETWORK_NAME,
    version="1",
    description="What the cities of the network have learned. Everything public needs no login.",
    urls_namespace="api",
    docs_url=None,
    throttle=[Visitors("120/m"), Members("600/m")],
)
api.add_router("/search", search_router)
api.add_router("/practices", practices_router)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    detail = [
        {"loc": [str(part) for part in each["loc"] if part not in WRAPPERS], "msg": said(each)}
        for each in error.errors
    ]
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    detail = _("Zu viele Anfragen. Bitte warten Sie einen Augenblick.")
    response = api.create_response(request, {"detail": detail}, status=429)
    if error.wait:
        response["Retry-After"] = str(int(error.wait) + 1)
    return response


@api.exception_handler(Http404)
def not_there(request: HttpRequest, _error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": _("Das gibt es nicht.")}, status=404)


@api.exception_handler(SearchTooSlow)
def too_slow(request: HttpRequest, _error: SearchTooSlow) -> HttpResponse:
    detail = _("Diese Suche dauert zu lange. Bitte suchen Sie mit weniger Wörtern.")
    return api.create_response(request, {"detail": detail}, status=422)


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What can be asked, from the description that machines read."""
    schema = api.get_openapi_schema()
    operations: list[dict[str, Any]] = [
        {
            "call": f"GET {path}",
            **methods["get"],
            "parameters": [_about(each) for each in methods["get"]["parameters"]],
        }
        for path, methods in schema["paths"].items()
    ]
    return render(request, "api/docs.html", {"operations": operations})


def _about(parameter: dict[str, Any]) -> dict[str, Any]:
    """What a parameter is for: its description, else what kind of value it takes."""
    kind = parameter["schema"]
    about = kind.get("description") or kind.get("type") or kind.get("title", "")
    return {"name": parameter["name"], "in": parameter["in"], "about": about}


def public_urls() -> tuple[Any, ...]:
    """The API's addresses, open to visitors: each answer depends on who asks. Its root says what to ask."""
    urls: tuple[Any, ...] = api.urls
    patterns, *names = urls
    for pattern in patterns:
        login_not_required(pattern.callback)
    root = address("", docs, name="api-root")
    return ([root, *(pattern for pattern in patterns if pattern.name != root.name)], *names)
