"""Questions to cities in a person's own area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.waiting import waiting_for


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Questions to the reader's cities, and the reader's own with what has become of them."""
    waiting = waiting_for(request)
    if not waiting.questions and not waiting.received:
        return None
    return {"requests": waiting.questions, "received": waiting.received}
