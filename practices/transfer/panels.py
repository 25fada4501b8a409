"""The check on the page of a write-up, for people of other cities."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from practices.transfer.checking import check_for
from practices.transfer.reading import can_check, cities_to_check
from ui.panels import Panel, register


def register_panels() -> None:
    register(Panel("practice.main", 5, "practices/transfer/panel.html", of_practice))


def of_practice(request: HttpRequest, practice: Any) -> dict[str, Any] | None:
    """For the first of the reader's cities. One query."""
    if not can_check(request.user, practice):
        return None
    city = cities_to_check(request.user, practice)[0]
    url = reverse("practices:transfer", args=[practice.pk])
    return {"check": check_for(request.user, practice, city), "url": f"{url}?stadt={city.slug}"}
