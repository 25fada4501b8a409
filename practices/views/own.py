"""Lists for the people who work on write-ups: their cities' own, and what waits for a decision."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.cards import cards_of
from practices.enums import Status
from practices.models import Practice
from practices.permissions import can_write_any, decides_somewhere
from search.paging import Cursor, Page

PAGE_SIZE = 20
LONGEST_WAITING = 50


@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision; as it is worked off, later ones move up."""
    if not decides_somewhere(request.user):
        raise PermissionDenied
    waiting = Practice.objects.to_decide_by(request.user)
    rows = list(waiting.for_cards().select_related("city", "created_by")[:LONGEST_WAITING])
    cards = cards_of(rows, request.user)
    context = {"waiting": list(zip(rows, cards, strict=True)), "total": waiting.count()}
    return render(request, "practices/review_queue.html", context)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Everything of the person's own cities, drafts included; newest first."""
    asked = request.GET.get("stand", "")
    chosen = asked if asked in Status.values else ""
    practices = Practice.objects.of_own_cities(request.user)
    if chosen:
        practices = practices.filter(status=chosen)
    rows, page = _page(practices.for_cards(), Cursor.from_query(request.GET), practices.count())
    context = {
        "own": list(zip(rows, cards_of(rows, request.user), strict=True)),
        "page": page,
        "chosen": chosen,
        "statuses": Status.choices,
        "can_write": can_write_any(request.user),
    }
    return render(request, "practices/own.html", context)


def _page(practices: QuerySet[Practice], cursor: Cursor | None, total: int) -> tuple[list[Practice], Page]:
    """Keyset paging by id, the highest first."""
    key = cursor.key[0] if cursor and len(cursor.key) == 1 and isinstance(cursor.key[0], int) else None
    backward = cursor is not None and key is not None and cursor.is_backward
    if key is not None:
        practices = practices.filter(pk__gt=key) if backward else practices.filter(pk__lt=key)
    rows = list(practices.order_by("pk" if backward else "-pk")[: PAGE_SIZE + 1])
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    if backward:
        rows.reverse()
    page = Page(
        ids=[row.pk for row in rows],
        total=total,
        first_key=(rows[0].pk,) if rows else None,
        last_key=(rows[-1].pk,) if rows else None,
        has_previous=more if backward else key is not None,
        has_next=True if backward else more,
    )
    return rows, page
