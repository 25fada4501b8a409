"""„Stimmt das noch?“ on the desk and in a person's own area, with the write-ups whose contact is gone."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from practices.models import Practice
from practices.permissions import decides_somewhere

ON_DESK, OF_MINE = 10, 10


def desk(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Where even the coordination was asked: the longest overdue first."""
    unanswered = Practice.objects.left_to_coordination()
    rows = list(unanswered.select_related("city").order_by("next_check_on", "pk")[: ON_DESK + 1])
    return {
        "unanswered": rows[:ON_DESK],
        "total": len(rows) if len(rows) <= ON_DESK else unanswered.count(),
        "orphans": Practice.objects.orphaned_for(request.user).count(),
    }


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What this person is asked about as contact or deputy, and orphans of the cities they manage."""
    asked = Q(contact_user=request.user.pk) | Q(deputy_user=request.user.pk)
    due = list(Practice.objects.due().filter(asked).order_by("next_check_on", "pk")[:OF_MINE])
    decides = decides_somewhere(request.user)
    orphans = Practice.objects.orphaned_for(request.user).count() if decides else 0
    return {"due": due, "orphans": orphans} if due or orphans else None
