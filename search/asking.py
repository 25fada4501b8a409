"""What is asked for, and the part of SQL that says so."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from search.models import Audience
from search.paging import Cursor
from search.sources import Hint, owner_of, source_of

PAGE_SIZE = 20
# Begins a query for what lacks all words that follow, which an index can tell only from those that have them.
LACKS = "lacks "


class Sort(enum.StrEnum):
    RELEVANCE = "relevanz"
    NEWEST = "neu"
    USED = "uebernommen"
    CONFIRMED = "bestaetigt"
    CITY = "staedte"


@dataclass(frozen=True)
class Question:
    """What is asked for. Values of one filter widen it, different filters narrow it.

    Without a `source` all kinds of things are searched; filters belong to one. `facets` holds codes by the
    names that the source gave its fields. `city_ids` narrows to things of these cities, in whose order
    `Sort.CITY` shows them. `further_topics` is a second filter by topics beside the first. `counted_topics`
    are those whose numbers the page shows, None means all; `counted_further` those of the second filter.
    `counts_kinds` asks for the numbers of the other kinds beside those of a `source`.
    `literal` takes the words as they stand: no city is preferred, no word means a facet, none is corrected.
    """

    text: str = ""
    audience: Audience = Audience.PUBLIC
    source: int | None = None
    topics: Collection[int] = ()
    further_topics: Collection[int] = ()
    marks: Collection[int] = ()
    city_id: int | None = None
    city_ids: Sequence[int] | None = None
    facets: Mapping[str, Collection[int]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    cursor: Cursor | None = None
    page_size: int = PAGE_SIZE
    counted_topics: Collection[int] | None = None
    counted_further: Collection[int] = ()
    counts_kinds: bool = False
    literal: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words and reader narrows it."""
        labels = self.topics or self.further_topics or self.marks or any(self.facets.values())
        return bool(labels) or self.city_id is not None or self.city_ids is not None

    def with_hints(self, hints: Sequence[Hint]) -> Question:
        """Narrowed to the kind whose facet words mean, and to its value where none of it is chosen."""
        facets = dict(self.facets)
        for hint in hints:
            if not self.facets.get(hint.facet):
                facets[hint.facet] = [*facets.get(hint.facet, ()), hint.code]
        return replace(self, source=owner_of(hints[0]), facets=facets, counts_kinds=False)


@dataclass(frozen=True)
class Condition:
    """A part of a WHERE clause with its parameters."""

    sql: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __and__(self, other: Condition) -> Condition:
        parts = [each.sql for each in (self, other) if each.sql != "true"]
        return Condition(" AND ".join(parts) or "true", {**self.parameters, **other.parameters})


EVERYTHING = Condition("true")


# Queries for words with the kinds of things that each is for; none stand for all kinds.
Queries = Mapping[str, Sequence[int]]


def scope(question: Question, queries: Queries) -> Condition:
    """What people of this audience may know of that has the words. Filters come on top."""
    found = Condition("audience <= %(audience)s", {"audience": int(question.audience)})
    found &= _with_words(queries)
    if question.city_id is not None:
        found &= Condition("city_id = %(city_id)s", {"city_id": question.city_id})
    if question.city_ids is not None:
        found &= Condition("city_id = ANY(%(city_ids)s::bigint[])", {"city_ids": list(question.city_ids)})
    return found


def _with_words(queries: Queries) -> Condition:
    named = enumerate(queries.items())
    ways = [_matching(query, kinds, f"query{place}") for place, (query, kinds) in named if query]
    if len(ways) < 2:
        return ways[0] if ways else EVERYTHING
    parameters = {name: value for way in ways for name, value in way.parameters.items()}
    return Condition(f"({' OR '.join(f'({way.sql})' for way in ways)})", parameters)


def _matching(query: str, kinds: Sequence[int], name: str) -> Condition:
    if query.startswith(LACKS):
        unwanted = f"SELECT id FROM search_entry WHERE words @@ CAST(%({name})s AS tsquery)"  # noqa: S608
        found = Condition(f"id NOT IN ({unwanted})", {name: query.removeprefix(LACKS)})
    else:
        found = Condition(f"words @@ CAST(%({name})s AS tsquery)", {name: query})
    if kinds:
        found &= Condition(f"source = ANY(%({name}_kinds)s::integer[])", {f"{name}_kinds": list(kinds)})
    return found


def cities(question: Question) -> Sequence[int] | None:
    """Those that the question is narrowed to, None for all."""
    if question.city_id is not None:
        if question.city_ids is not None and question.city_id not in question.city_ids:
            return []
        return [question.city_id]
    return question.city_ids


def of_source(question: Question) -> Condition:
    if question.source is None:
        return EVERYTHING
    return Condition("source = %(source)s", {"source": question.source})


def in_topics(question: Question) -> Condition:
    if not question.topics:
        return EVERYTHING
    return Condition("topics && %(topics)s::integer[]", {"topics": list(question.topics)})


def in_further_topics(question: Question) -> Condition:
    if not question.further_topics:
        return EVERYTHING
    return Condition("topics && %(further)s::integer[]", {"further": list(question.further_topics)})


def with_marks(question: Question) -> Condition:
    if not question.marks:
        return EVERYTHING
    return Condition("topics && %(marks)s::integer[]", {"marks": [-mark for mark in question.marks]})


def with_facets(question: Question) -> Condition:
    found = EVERYTHING
    for place, (bits, codes) in enumerate(chosen_fields(question)):
        name = f"facet{place}"
        found &= Condition(
            f"(facets >> {bits.shift} & {bits.mask}) = ANY(%({name})s::integer[])", {name: list(codes)}
        )
    return found


def filters(question: Question) -> Condition:
    labels = in_topics(question) & in_further_topics(question) & with_marks(question)
    return of_source(question) & labels & with_facets(question)


def chosen_fields(question: Question) -> list[tuple[Any, Collection[int]]]:
    """The packed fields that values were chosen of, with these values."""
    if question.source is None:
        return []
    fields = source_of(question.source).facets
    return [(fields[name], codes) for name, codes in question.facets.items() if codes]
