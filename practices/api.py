"""Write-ups as JSON: the list with words, filters and order, and one write-up as it is exchanged."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from cities.enums import SizeClass, State
from cities.models import City
from cities.permissions import audience_of, is_member
from practices.api_values import MOST_VALUES, Token, Words, cursor_of, known, next_after
from practices.blocks.enums import MARKS, BlockKind
from practices.enums import Kind, Phase, Visibility
from practices.exchange_format.exporting import RELATED, record_of
from practices.facets import CODES, YES
from practices.found import found_by_key
from practices.models import Practice
from practices.search_entry import SOURCE
from search.searching import Answer, Question, Sort, search
from topics.tree import TopicTree

if TYPE_CHECKING:
    from practices.found import FoundCard

router = Router(tags=["practices"])


PracticeId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Order(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    CONFIRMED = "confirmed"
    ADOPTED = "adopted"


SORTS = {
    Order.RELEVANCE: Sort.RELEVANCE,
    Order.NEWEST: Sort.NEWEST,
    Order.CONFIRMED: Sort.CONFIRMED,
    Order.ADOPTED: Sort.USED,
}


class Filters(Schema):
    """Values of one filter widen it, different filters narrow it."""

    q: Words = ""
    topic: Annotated[
        list[str], Field(max_length=MOST_VALUES, description="known slugs; each stands for all below it")
    ] = []
    kind: Annotated[list[Kind], Field(max_length=MOST_VALUES)] = []
    phase: Annotated[list[Phase], Field(max_length=MOST_VALUES)] = []
    state: Annotated[
        list[State], Field(max_length=MOST_VALUES, description="Land, the first two digits of the AGS")
    ] = []
    size: Annotated[list[SizeClass], Field(max_length=MOST_VALUES, description="size class of the city")] = []
    cost: Annotated[
        list[Annotated[int, Field(ge=1, le=4)]],
        Field(max_length=MOST_VALUES, description="cost once, in euros: up to 10,000, 50,000, 250,000, more"),
    ] = []
    service_field: Annotated[
        list[str], Field(max_length=MOST_VALUES, description="slugs of OZG Themenfelder, beside `topic`")
    ] = []
    block_kind: Annotated[
        list[BlockKind], Field(max_length=MOST_VALUES, description="has a building block of this kind")
    ] = []
    checked: Annotated[bool, Field(description="only what another city has checked")] = False
    adopted: Annotated[bool, Field(description="only what other cities have taken over")] = False
    city: Annotated[str, Field(max_length=140, description="slug or AGS of a city")] = ""
    sort: Order = Order.RELEVANCE
    after: Token = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    literal: Annotated[
        bool, Field(description="take the words as they stand: nothing is corrected or understood")
    ] = False


class Marked(Schema):
    """HTML, escaped, with what was searched in `<mark>`."""

    title: str
    summary: str
    snippet: str


class Item(Schema):
    id: int
    title: str
    url: str
    about: str
    summary: str
    phase: str
    topics: list[str]
    confirmed: str
    marked: Marked


class Count(Schema):
    value: str
    count: int


class Understood(Schema):
    """What the search made of the words."""

    city: str | None = None
    only: list[str] = []
    synonyms: dict[str, list[str]] = {}
    corrected: dict[str, str] = {}
    ignored: list[str] = []
    not_as_phrase: list[str] = []
    did_you_mean: str = ""
    has_all_words: bool = True


class FoundPractices(Schema):
    count: int
    results: list[Item]
    facets: dict[str, list[Count]]
    understood: Understood
    next_after: str | None = None


class Problem(Schema):
    detail: str | list[Any]


@router.get(
    "", response={200: FoundPractices, 422: Problem, 429: Problem}, summary="Search and browse write-ups"
)
def practices(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """The same hits, numbers and order as the page /praxis/ shows to the same person."""
    tree = TopicTree.load()
    by_slug = {node.slug: node.id for node in tree}
    fields = {node.slug: node.id for node in tree.service_fields}
    answer = search(
        Question(
            text=filters.q,
            audience=audience_of(request.user),
            source=SOURCE,
            topics=known("topic", by_slug, filters.topic),
            city_id=_city_id(filters.city) if filters.city else None,
            further_topics=known("service_field", fields, filters.service_field),
            counted_further=list(fields.values()),
            marks=[MARKS[kind] for kind in filters.block_kind],
            facets=_chosen(filters),
            sort=SORTS[filters.sort],
            cursor=cursor_of(filters.after),
            page_size=filters.limit,
            literal=filters.literal,
        )
    )
    found = found_by_key(answer.page.ids, request.user, answer.marker)
    return {
        "count": answer.total,
        "results": [item(request, key, each) for key, each in found.items()],
        "facets": _facets(answer, by_slug, fields),
        "understood": understood(answer),
        "next_after": next_after(answer),
    }


class Detail(Schema):
    """One write-up in the form of docs/import.md."""

    id: int
    url: str
    external_id: str
    title: str
    summary: str = ""
    kind: Kind
    phase: Phase
    visibility: Visibility
    city: dict[str, str] | None = None
    partner_cities: list[dict[str, str]] = []
    topics: list[str]
    tags: list[str]
    starts: str = ""
    ends: str = ""
    sections: dict[str, str]
    contact: dict[str, str] = {}
    deputy: dict[str, str] = {}
    source: dict[str, str] = {}
    published_at: dt.datetime | None = None
    confirmed_on: dt.date | None = None
    next_check_on: dt.date | None = None


@router.get(
    "/{practice_id}",
    response={200: Detail, 404: Problem, 422: Problem, 429: Problem},
    summary="One write-up",
)
def practice(request: HttpRequest, practice_id: Path[PracticeId]) -> dict[str, Any]:
    """Published ones that this person may read. Whom to ask is for members of the network."""
    readable = Practice.objects.published_for(request.user).filter(pk=practice_id)
    row = readable.select_related("city").prefetch_related(*RELATED).first()
    if row is None:
        raise Http404
    record = record_of(row)
    if not is_member(request.user):
        record = {name: value for name, value in record.items() if name not in {"contact", "deputy"}}
    return {"id": row.pk, "url": request.build_absolute_uri(row.get_absolute_url()), **record}


def item(request: HttpRequest, key: int, found: FoundCard) -> dict[str, Any]:
    card = found.card
    return {
        "id": key,
        "title": card.title,
        "url": request.build_absolute_uri(card.url),
        "about": card.preline,
        "summary": card.summary,
        "phase": card.phase,
        "topics": list(card.topics),
        "confirmed": card.confirmed,
        "marked": {"title": found.title, "summary": found.summary, "snippet": found.snippet},
    }


def understood(answer: Answer) -> dict[str, Any]:
    meant = answer.understood
    return {
        "city": meant.city.name if meant.city else None,
        "only": [str(hint.label) for hint in meant.hints],
        "synonyms": {typed: list(others) for typed, others in meant.synonyms},
        "corrected": dict(meant.corrected),
        "ignored": list(meant.ignored),
        "shortened": dict(meant.shortened),
        "not_as_phrase": list(meant.beyond),
        "did_you_mean": answer.did_you_mean,
        "has_all_words": not answer.is_partial,
    }


def _city_id(text: str) -> int:
    by = {"ags": text} if text.isdecimal() else {"slug": text.replace("\x00", "")}
    return City.objects.in_network().filter(**by).values_list("pk", flat=True).first() or 0


def _chosen(filters: Filters) -> dict[str, list[int]]:
    several = ("kind", "phase", "state", "size", "cost")
    values = {name: [str(value) for value in getattr(filters, name)] for name in several}
    values |= {name: [YES] for name in ("checked", "adopted") if getattr(filters, name)}
    return {name: [CODES[name][value] for value in chosen] for name, chosen in values.items() if chosen}


def _facets(
    answer: Answer, topics: dict[str, int], fields: dict[str, int]
) -> dict[str, list[dict[str, Any]]]:
    """Numbers as if the filter's own values were not chosen; values without a hit are left out."""
    counts = answer.counts
    numbers: dict[str, list[tuple[str, int]]] = {
        name: [(value, counts.by_facet[name][code]) for value, code in codes.items()]
        for name, codes in CODES.items()
    }
    numbers["topic"] = [(slug, counts.by_topic[key]) for slug, key in topics.items()]
    numbers["service_field"] = [(slug, counts.by_further_topic[key]) for slug, key in fields.items()]
    numbers["block_kind"] = [(kind.value, counts.by_mark[mark]) for kind, mark in MARKS.items()]
    return {
        name: [{"value": value, "count": count} for value, count in pairs if count]
        for name, pairs in numbers.items()
    }
