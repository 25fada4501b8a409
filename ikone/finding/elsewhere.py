"""What else answers a search that no write-up answers: other kinds of things, a topic with who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from ikone.finding.drafts import own_drafts
from ikone.finding.kinds import KINDS
from practices.views.listing import Unanswered
from search.searching import Answer, Question
from search.sources import code_of
from search.suggesting import suggest
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


def panel(request: HttpRequest, subject: Unanswered) -> dict[str, Any] | None:
    """What an empty list of write-ups offers; where no kind has anything, the search is noted as one in vain.

    The numbers come with the list's own answer, so only a topic costs queries: three.
    """
    question, answer = subject
    if not question.counts_kinds:
        return None
    kinds = _kinds(question.text, answer)
    if not kinds:
        is_whole = question.cursor is None and not question.is_filtered
        if is_whole and not own_drafts(question.text, request.user, most=1):
            note_miss(question.text)
        return None
    return {"kinds": kinds, "met": _topics(question, answer)}


def _kinds(text: str, answer: Answer) -> list[Elsewhere]:
    return [
        Elsewhere(
            str(kind.label), f"{reverse('search')}?{urlencode({'q': text, 'bereich': kind.slug})}", number
        )
        for kind in KINDS
        if kind.source != PRACTICES and (number := answer.by_source.get(kind.code, 0))
    ]


def _topics(question: Question, answer: Answer) -> list[TopicMet]:
    """Topics that are called so; what was mistyped names none."""
    code = code_of("topics")
    if not answer.by_source.get(code) or answer.understood.corrected:
        return []
    found = suggest(
        question.text, audience=question.audience, sources=[code], limit=MOST_TOPICS, is_forgiving=False
    )
    ids = [each.object_id for each in found]
    if not ids:
        return []
    topics = Topic.objects.select_related("parent").in_bulk(ids)
    leaders = leading_cities(ids)
    return [TopicMet(topics[key], leaders.get(key, [])) for key in ids if key in topics]
