"""The history of the map, for those who keep it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from topics.changes import PAGE, changes
from topics.models import Topic
from topics.views.curation import curator_of


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All changes, or with `thema` those of one topic; `vor` goes on where a page ended."""
    curator_of(request)
    slug = request.GET.get("thema", "").replace("\x00", "")
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    found = changes(before=_moment(request.GET.get("vor", "")), topic=topic)
    shown = found[:PAGE]
    older = shown[-1].at.isoformat() if len(found) > PAGE else ""
    return render(request, "topics/changes.html", {"changes": shown, "older": older, "topic": topic})


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
