"""The history of the map, for those who keep it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from topics.changes import Mark, changes
from topics.models import Topic
from topics.views.curation import curator_of


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """All changes, or with `thema` those of one topic; `vor` goes on where a page ended."""
    curator_of(request)
    slug = request.GET.get("thema", "").replace("\x00", "")
    topic = get_object_or_404(Topic, slug=slug) if slug else None
    before = Mark.read(request.GET.get("vor", ""))
    shown, older = changes(before=before, topic=topic)
    context = {"changes": shown, "older": older, "topic": topic, "goes_on": before is not None}
    return render(request, "topics/changes.html", context)
