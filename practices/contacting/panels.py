"""Questions to cities on the desk and in a person's own area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from practices.models import ContactRequest
from practices.waiting import waiting_for

ON_DESK = 10


def desk(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What has to be passed on or answered, the oldest first."""
    waiting = ContactRequest.objects.to_pass_on()
    rows = list(waiting.select_related("practice__city", "sender").order_by("sent_at", "pk")[: ON_DESK + 1])
    return {"requests": rows[:ON_DESK], "has_more": len(rows) > ON_DESK}


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The reader's own questions and what has become of them."""
    questions = waiting_for(request).questions
    return {"requests": questions} if questions else None
