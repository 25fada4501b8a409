"""Questions to cities in a person's own area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.waiting import waiting_for


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The reader's own questions and what has become of them."""
    questions = waiting_for(request).questions
    return {"requests": questions} if questions else None
