"""„Stimmt das noch?“ in a person's own area, with the write-ups whose contact is gone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.waiting import waiting_for


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What this person is asked about as contact or deputy, and orphans of the cities they manage."""
    waiting = waiting_for(request)
    if not waiting.due and not waiting.orphans:
        return None
    return {"due": waiting.due, "orphans": waiting.orphans}
