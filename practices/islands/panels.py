"""Resembling write-ups on the coordinators' page of gaps. Two queries and one for their number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.models import Island
from ui.panels import Panel, register

SHOWN, DECIDED = 20, 10


def register_panels() -> None:
    register(Panel("gaps", 10, "practices/islands/panel.html", gaps))


def gaps(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The most alike first, then what was lately decided."""
    found = list(Island.objects.open().with_write_ups()[: SHOWN + 1])
    return {
        "islands": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "decided": list(Island.objects.decided().with_write_ups()[:DECIDED]),
    }
