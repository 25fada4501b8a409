"""Where people meet the import: beside a new write-up and in the editor of one that is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.models import ImportedPart, Practice
from ui.panels import Panel, register


def register_panels() -> None:
    register(Panel("practice.new", 10, "practices/importing/offer.html", offer))
    register(Panel("practice.editor", 20, "practices/importing/notice.html", notice))


def offer(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    return {}


def notice(_request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """How many parts of documents have no place in this write-up yet. One query."""
    left = ImportedPart.objects.filter(document__practice=practice, document__taken_over_at__isnull=False)
    return {"practice": practice, "left": left.count()}
