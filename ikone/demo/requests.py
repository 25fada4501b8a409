"""Invented requests, marked as examples; their answers point to write-ups that are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps

from accounts.models import User
from cities.models import City
from exchange import actions
from exchange.models import Answer, Request
from ikone.demo import files
from practices.models import Practice
from topics.models import Topic


def load(
    topics: Mapping[str, Topic], cities: Mapping[str, City], author_for: Callable[[City], User | None]
) -> int:
    """Create what has never been there; returns how many."""
    rows = files.read("requests")["request"]
    events = apps.get_model("exchange", "RequestEvent").objects
    known = set(events.filter(title__in=[row["title"] for row in rows]).values_list("title", flat=True))
    created = 0
    for row in rows:
        topic, city = topics.get(row["topic"]), cities.get(row["city"])
        by = author_for(city) if city else None
        if row["title"] in known or topic is None or city is None or by is None:
            continue
        _create(row, topic, city, by)
        created += 1
    return created


def _create(row: dict[str, Any], topic: Topic, city: City, by: User) -> None:
    request = Request(title=row["title"], text=row["text"].strip(), topic=topic, city=city, is_demo=True)
    actions.ask(request=request, by=by)
    for given in row.get("answers", []):
        keys = [f"demo:{key}" for key in given["practices"]]
        answer = Answer(request=request, text=given["text"], is_demo=True)
        actions.answer(answer=answer, practices=Practice.objects.filter(external_id__in=keys), by=by)
