"""The search: one question, one answer with hits, exact numbers and what was understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from search import asking
from search.asking import Queries, Question, Sort
from search.counting import count_matches
from search.counts import Counts
from search.marking import Marker
from search.paging import Page
from search.query.understanding import Query, Understood, understand
from search.ranking import Hit, candidates, ranked, title_leaves
from search.reading import SearchTooSlow, fetch
from search.remembering import Remembered, current_state
from search.sources import owner_of, sources

__all__ = ["Answer", "Hit", "Question", "SearchTooSlow", "Sort", "search"]

ENOUGH = 5  # hits with all words; below, hits with most of them are added
FEW = 5_000


@dataclass(frozen=True)
class Answer:
    """What was found. `with_all` is the number of hits that have all words, where others were added."""

    page: Page
    hits: list[Hit] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    understood: Understood = field(default_factory=Understood)
    marker: Marker = field(default_factory=Marker)
    with_all: int | None = None
    did_you_mean: str = ""

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def by_source(self) -> dict[int, int]:
        return dict(self.counts.by_source)

    @property
    def is_partial(self) -> bool:
        """Nothing has all words; what has most is shown."""
        return self.with_all == 0


ANSWERS: Remembered[Answer] = Remembered()
NOT_REMEMBERED = "no state that there is"


def search(question: Question) -> Answer:
    """Answer a question with 2 or 3 queries when no words are asked for, else with 3 to 7; with one where the
    answer is remembered. Callers must not change it.

    What is asked of the cities like one's own hardly anybody asks again, so it is not remembered.
    """
    if question.city_ids is not None:
        return _answer(question, NOT_REMEMBERED)[1]
    return ANSWERS.answer(question, partial(_answer, question))


def _answer(question: Question, state: str) -> tuple[str, Answer]:
    """The answer with the state of the entries that it holds for."""
    if not question.text.strip():
        state = state or current_state()
        return state, _browse(question, Understood())
    query = understand(
        question.text,
        question.audience,
        [hint for source in sources() for hint in source.hints],
        literal=question.literal,
    )
    # Without a word that was looked up, the state is read before anything else is.
    state = query.state or state or current_state()
    hints = query.understood.hints
    if not hints:
        return state, _nothing(question, query) if query.is_empty else _find(question, query)
    owner = owner_of(hints[0])
    if question.source not in (None, owner):
        return state, _elsewhere(_narrowed(Question(question.text, question.audience), query))
    return state, _narrowed(question, query)


def _narrowed(question: Question, query: Query) -> Answer:
    """The answer of the one kind that has the facet that words mean; no other can have it."""
    asked = question.with_hints(query.understood.hints)
    if not query.is_empty:
        return _find(asked, query)
    return _nothing(asked, query) if query.understood.ignored else _browse(asked, query.understood)


def _elsewhere(answer: Answer) -> Answer:
    """Nothing of this kind, and where there is something."""
    counts = Counts(by_source=answer.counts.by_source)
    return Answer(Page([], 0), counts=counts, understood=answer.understood)


def _browse(question: Question, understood: Understood) -> Answer:
    counts = count_matches(question).counts
    page, hits = _by_order(question, {}, _order_of(question), counts.total)
    return Answer(page, hits, counts, understood)


def _nothing(question: Question, query: Query) -> Answer:
    """No word is one that anything has."""
    counts = Counts()
    if question.source is not None:
        counts.by_source[question.source] = 0
    return Answer(Page([], 0), counts=counts, understood=query.understood, with_all=0)


def _find(question: Question, query: Query) -> Answer:
    matches = count_matches(question, query.terms.levels(), ENOUGH, title_leaves(query.terms))
    with_all = matches.with_all
    is_complete = with_all is None or with_all >= ENOUGH
    if query.understood.ignored or query.understood.shortened:
        with_all, is_complete = 0, False
    total = matches.counts.total
    if question.sort == Sort.RELEVANCE:
        hits = ranked(query, candidates(query.terms, matches), question.audience)
        page, hits = _by_relevance(question, matches.queries, hits, total)
    else:
        page, hits = _by_order(question, matches.queries, _order_of(question), total)
    return Answer(
        page,
        hits,
        matches.counts,
        query.understood,
        Marker.of(query.terms),
        None if is_complete else with_all,
        query.understood.did_you_mean(question.text),
    )


# Pages
# ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Order:
    """Columns that a list is sorted by, all descending, the last one unique; `readers` read a cursor's.

    `computed` says how those are made that no entry has.
    """

    columns: tuple[str, ...]
    readers: tuple[Callable[[Any], Any], ...]
    computed: Mapping[str, str] = field(default_factory=dict)

    @property
    def selected(self) -> str:
        made = (
            f"{self.computed[name]} AS {name}" if name in self.computed else name for name in self.columns
        )
        return ", ".join(made)

    def read(self, key: Sequence[str | float]) -> list[Any] | None:
        """A cursor's values; None when the cursor comes from a list of another order."""
        try:
            return [reader(value) for reader, value in zip(self.readers, key, strict=True)]
        except (TypeError, ValueError):
            return None


ORDERS = {
    Sort.NEWEST: Order(("date", "id"), (dt.date.fromisoformat, int)),
    Sort.USED: Order(("uses", "date", "id"), (int, dt.date.fromisoformat, int)),
    Sort.CONFIRMED: Order(("confirmed_on", "id"), (dt.date.fromisoformat, int)),
    Sort.CITY: Order(
        ("nearness", "date", "id"),
        (int, dt.date.fromisoformat, int),
        {"nearness": "-array_position(%(city_ids)s::bigint[], city_id)"},
    ),
}


def _order_of(question: Question) -> Order:
    """The chosen one; the newest first where there is nothing to rank, or no order of cities, by."""
    has_no_order = question.sort == Sort.RELEVANCE or (
        question.sort == Sort.CITY and question.city_ids is None
    )
    return ORDERS[Sort.NEWEST if has_no_order else question.sort]


# First of a cursor: it counts ranked hits, or stands behind the last of them.
PLACE, REST = "platz", "rest"


def _by_relevance(
    question: Question, queries: Queries, hits: list[Hit], total: int
) -> tuple[Page, list[Hit]]:
    """Ranked hits by their place; behind the last of them all others by date."""
    first, cursor = 0, question.cursor
    if cursor and len(cursor.key) == 2 and cursor.key[0] == PLACE and isinstance(cursor.key[1], int):
        place = cursor.key[1]
        first = max(place - question.page_size if cursor.is_backward else place, 0)
    elif cursor and cursor.key[0] == REST:
        return _rest(question, queries, hits, total)
    shown = hits[first : first + question.page_size]
    if first and not shown:
        return _rest(question, queries, hits, total)
    return Page(
        ids=[hit.object_id for hit in shown],
        total=total,
        first_key=(PLACE, first),
        last_key=(PLACE, first + len(shown)),
        has_previous=first > 0,
        has_next=total > first + len(shown),
    ), shown


def _rest(question: Question, queries: Queries, hits: list[Hit], total: int) -> tuple[Page, list[Hit]]:
    """A page behind the ranked hits."""
    cursor = question.cursor
    is_inside = cursor is not None and cursor.key[0] == REST
    asked = replace(question, cursor=replace(cursor, key=cursor.key[1:]) if cursor and is_inside else None)
    page, shown = _by_order(asked, queries, ORDERS[Sort.NEWEST], total, without=[hit.id for hit in hits])
    first = (REST, *page.first_key) if page.has_previous and page.first_key else (PLACE, len(hits))
    last = (REST, *page.last_key) if page.last_key else None
    return replace(page, has_previous=True, first_key=first, last_key=last), shown


def _by_order(
    question: Question, queries: Queries, order: Order, total: int, without: Sequence[int] = ()
) -> tuple[Page, list[Hit]]:
    """One page of a list that is sorted by columns, by key. One query."""
    key = order.read(question.cursor.key) if question.cursor else None
    backward = bool(key and question.cursor and question.cursor.is_backward)
    rows = _rows(question, queries, order, total, key, backward=backward, without=without)
    more = len(rows) > question.page_size
    rows = rows[: question.page_size]
    if backward:
        rows.reverse()
    keys = [tuple(_plain(value) for value in row[2:]) for row in rows]
    hits = [Hit(row[0], row[1], id=row[-1]) for row in rows]
    page = Page(
        ids=[hit.object_id for hit in hits],
        total=total,
        first_key=keys[0] if keys else None,
        last_key=keys[-1] if keys else None,
        has_previous=more if backward else key is not None,
        has_next=True if backward else more,
    )
    return page, hits


def _rows(
    question: Question,
    queries: Queries,
    order: Order,
    total: int,
    key: list[Any] | None,
    *,
    backward: bool,
    without: Sequence[int],
) -> list[tuple[Any, ...]]:
    condition = asking.scope(question, queries) & asking.filters(question)
    parameters = {**condition.parameters, "limit": question.page_size + 1, "without": list(without)}
    columns = ", ".join(order.columns)
    parts = []
    if key:
        names = [f"key{place}" for place in range(len(key))]
        parameters |= dict(zip(names, key, strict=True))
        parts.append(f"({columns}) {'>' if backward else '<'} ({', '.join(f'%({name})s' for name in names)})")
    if without:
        parts.append("id <> ALL(%(without)s::bigint[])")
    after = f"WHERE {' AND '.join(parts)}" if parts else ""
    direction = "ASC" if backward else "DESC"
    ordering = ", ".join(f"{column} {direction}" for column in order.columns)
    # For few matches the planner is kept from walking the whole date index in search of them.
    materialized = "MATERIALIZED" if total <= FEW else "NOT MATERIALIZED"
    return fetch(
        f"WITH matching AS {materialized} "  # noqa: S608
        f"(SELECT source, object_id, {order.selected} FROM search_entry WHERE {condition.sql}) "
        f"SELECT source, object_id, {columns} FROM matching {after} ORDER BY {ordering} LIMIT %(limit)s",
        parameters,
        by_index=any(queries) and total <= FEW,
    )


def _plain(value: Any) -> str | int:
    """A sort value as a cursor carries it."""
    return value.isoformat() if isinstance(value, dt.date) else value
