"""Where the map has holes, for those who can close them. Apps above add what they know in the slot `gaps`."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from topics.counts import practice_counts
from topics.enums import Engagement
from topics.models import Topic
from topics.tree import TopicTree
from topics.views.curation import curator_of

WANTED_BY = 2  # cities that are interested make a topic wanted


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    curator = curator_of(request)
    interested = Count("leaderships", filter=Q(leaderships__engagement=Engagement.INTERESTED), distinct=True)
    without_leader: list[Any] = list(  # topics with their number `interested`
        Topic.objects.filter(pk__in=Topic.objects.without_leader().values("pk"))
        .annotate(interested=interested)
        .order_by("-interested", "depth", "position", "sort_name")
    )
    counts = practice_counts(curator)
    # Where a topic has sub-topics, it is those that lack something to read.
    empty = [node for node in TopicTree.load().live if not node.children and not counts.get(node.id)]
    shown = {
        "wanted": [topic for topic in without_leader if topic.interested >= WANTED_BY],
        "unled": [topic for topic in without_leader if topic.interested < WANTED_BY],
        "empty": empty,
    }
    return render(request, "topics/gaps.html", shown)
