"""The search over all kinds of things as JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from cities.permissions import audience_of
from ikone.finding.kinds import KINDS
from ikone.finding.pages import described
from practices.api import Marked, Problem, Understood, understood
from practices.api_values import MOST_VALUES, Token, Words, cursor_of, next_after
from practices.blocks.enums import MARKS, BlockKind
from search.searching import Answer, Question, search
from ui.richtext import to_plain_text

router = Router(tags=["search"])


class KindName(StrEnum):
    """The sources of `KINDS`."""

    PRACTICES = "practices"
    BLOCKS = "blocks"
    REQUESTS = "requests"
    TOPICS = "topics"
    SERVICES = "services"
    CITIES = "cities"
    PRODUCTS = "products"


class Asked(Schema):
    q: Annotated[Words, Field(min_length=1)]
    kind: Annotated[
        KindName | None,
        Field(description="one kind alone; products and requests of the network are for members"),
    ] = None
    block_kind: Annotated[
        list[BlockKind],
        Field(max_length=MOST_VALUES, description="kinds of building blocks, which it asks for"),
    ] = []
    after: Token = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    literal: bool = False


class Hit(Schema):
    kind: str
    id: int
    title: str
    url: str
    about: str
    marked: Marked


class FoundThings(Schema):
    count: int
    by_kind: dict[str, int]
    by_block_kind: dict[str, int] = {}
    results: list[Hit]
    understood: Understood
    next_after: str | None = None


@router.get("", response={200: FoundThings, 422: Problem, 429: Problem}, summary="Search everything")
def find(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The same hits and order as the page /suche/ shows to the same person. Filters: see /practices."""
    by_name = {kind.source: kind for kind in KINDS}
    name = KindName.BLOCKS if asked.block_kind else asked.kind
    kind = by_name.get(name) if name else None
    question = Question(
        text=asked.q,
        audience=audience_of(request.user),
        source=kind.code if kind else None,
        counts_kinds=True,
        marks=[MARKS[each] for each in asked.block_kind],
        cursor=cursor_of(asked.after),
        page_size=asked.limit,
        literal=asked.literal,
    )
    answer = search(question)
    names = {each.code: each.source for each in KINDS}
    return {
        "count": answer.total,
        "by_kind": {name: answer.by_source.get(code, 0) for code, name in names.items()},
        "by_block_kind": _by_block_kind(answer) if name == KindName.BLOCKS else {},
        "results": [
            {
                "kind": names[hit.source],
                "id": hit.object_id,
                "title": to_plain_text(found.title),
                "url": request.build_absolute_uri(found.url),
                "about": found.preline,
                "marked": {"title": found.title, "summary": found.summary, "snippet": found.snippet},
            }
            for hit, found in described(answer, request.user)
        ],
        "understood": understood(answer),
        "next_after": next_after(answer),
    }


def _by_block_kind(answer: Answer) -> dict[str, int]:
    numbers = {kind.value: answer.counts.by_mark[mark] for kind, mark in MARKS.items()}
    return {name: number for name, number in numbers.items() if number}
