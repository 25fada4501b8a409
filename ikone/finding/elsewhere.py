"""What else answers a search that no write-up answers: other kinds of things, a topic with who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from ikone.finding.drafts import own_drafts
from ikone.finding.kinds import KINDS
from search.searching import Answer, Question, SearchTooSlow, search
from search.sources import code_of
from search.tasks import note_miss
from topics.cards import leading_cities
from topics.models import Topic

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cities.models import City

MOST_TOPICS = 2
PRACTICES = "practices"


@dataclass(frozen=True)
class Elsewhere:
    """Hits of another kind."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class TopicMet:
    topic: Topic
    leaders: list[City]


def panel(request: HttpRequest, question: Question) -> dict[str, Any] | None:
    """What an empty list of write-ups offers. It asks what the page /suche/ asks for the same words, so the
    numbers agree; where that has nothing either, the search is noted as one in vain.
    """
    if not question.text:
        return None
    whole = Question(
        text=question.text, audience=question.audience, counts_kinds=True, literal=question.literal
    )
    try:
        answer = search(whole)
    except SearchTooSlow:
        return None
    is_whole = question.cursor is None and not question.is_filtered
    if not answer.total:
        if is_whole and not own_drafts(question.text, request.user, most=1):
            note_miss(question.text)
        return None
    return {"kinds": _kinds(question.text, answer), "met": _topics(answer)}


def _kinds(text: str, answer: Answer) -> list[Elsewhere]:
    return [
        Elsewhere(
            str(kind.label), f"{reverse('search')}?{urlencode({'q': text, 'bereich': kind.slug})}", number
        )
        for kind in KINDS
        if kind.source != PRACTICES and (number := answer.by_source.get(kind.code, 0))
    ]


def _topics(answer: Answer) -> list[TopicMet]:
    """Two queries where topics are among the best hits."""
    ids = [hit.object_id for hit in answer.hits if hit.source == code_of("topics")][:MOST_TOPICS]
    if not ids:
        return []
    topics = Topic.objects.select_related("parent").in_bulk(ids)
    leaders = leading_cities(ids)
    return [TopicMet(topics[key], leaders.get(key, [])) for key in ids if key in topics]
