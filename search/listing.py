"""Filtered lists with exact counts, from the entries alone."""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet

from search.entries import CONFIG
from search.models import Audience, Entry
from search.paging import Cursor, Page
from search.tally import counts_for_filters

PAGE_SIZE = 20
FEW = 5_000


class Sort(enum.StrEnum):
    RELEVANCE = "relevanz"
    NEWEST = "neu"
    CONFIRMED = "bestaetigt"


@dataclass(frozen=True)
class Listing:
    """What is asked for. Values of one filter widen it, different filters narrow it.

    `facets` are packed codes as the source writes them; None means any. `counted_topics` are those whose
    numbers the page shows; None means all.
    """

    source: int
    audience: Audience
    text: str = ""
    topics: Collection[int] = ()
    city_id: int | None = None
    facets: Collection[int] | None = None
    sort: Sort = Sort.NEWEST
    cursor: Cursor | None = None
    page_size: int = PAGE_SIZE
    counted_topics: Collection[int] | None = None

    def counts(self) -> Counts:
        """One query or two, however many rows match. The tally spares a look at entries where it can."""
        if self.text or self.city_id is not None:
            return Counts(self._facets_of_matches(), self._topics_of_matches(), self.facets)
        by_facets, by_topic = counts_for_filters(
            source=self.source,
            audience=self.audience,
            topic=next(iter(self.topics), 0),
            facets=self.facets,
            topics=self.counted_topics,
        )
        if len(self.topics) > 1:
            return Counts(self._facets_of_matches(), Counter(by_topic), self.facets)
        return Counts(Counter(by_facets), Counter(by_topic), self.facets)

    def page(self, counts: Counts) -> Page:
        """One query for the ids of one page."""
        order = ORDERS[self.sort if self.text or self.sort != Sort.RELEVANCE else Sort.NEWEST]
        key = order.read(self.cursor.key) if self.cursor else None
        backward = bool(key and self.cursor and self.cursor.is_backward)
        rows = self._rows(order, counts.total, key, backward=backward)
        more = len(rows) > self.page_size
        rows = rows[: self.page_size]
        if backward:
            rows.reverse()
        keys = [tuple(_plain(value) for value in row[1:]) for row in rows]
        return Page(
            ids=[row[0] for row in rows],
            total=counts.total,
            first_key=keys[0] if keys else None,
            last_key=keys[-1] if keys else None,
            has_previous=more if backward else key is not None,
            has_next=True if backward else more,
        )

    def _facets_of_matches(self) -> Counter[int]:
        """As if no facets were chosen."""
        matching = self._matching(with_facets=False)
        return Counter(dict(matching.values_list("facets").annotate(n=Count("*")).order_by()))

    def _topics_of_matches(self) -> Counter[int]:
        """As if no topics were chosen."""
        topic = Func(F("topics"), function="unnest", output_field=IntegerField())
        matching = self._matching(with_topics=False).annotate(topic=topic)
        return Counter(dict(matching.values_list("topic").annotate(n=Count("*")).order_by()))

    def _matching(self, *, with_facets: bool = True, with_topics: bool = True) -> QuerySet[Entry]:
        entries = Entry.objects.filter(source=self.source, audience__lte=self.audience)
        if self.text:
            entries = entries.filter(words=self._query())
        if self.topics and with_topics:
            entries = entries.filter(topics__overlap=list(self.topics))
        if self.city_id is not None:
            entries = entries.filter(city_id=self.city_id)
        if self.facets is not None and with_facets:
            entries = entries.filter(facets__in=list(self.facets))
        return entries

    def _query(self) -> SearchQuery:
        return SearchQuery(self.text, config=CONFIG, search_type="websearch")

    def _rows(
        self, order: Order, total: int, key: list[Any] | None, *, backward: bool
    ) -> list[tuple[Any, ...]]:
        entries = self._matching()
        if order.columns[0] == "title_hit":
            entries = entries.annotate(title_hit=Q(title_words=self._query()))
        columns = ["object_id", *order.columns]
        sql, parameters = entries.order_by().values_list(*columns).query.sql_with_params()
        after = ""
        if key:
            comparison = ">" if backward else "<"
            after = f"WHERE ({', '.join(order.columns)}) {comparison} ({', '.join(['%s'] * len(key))})"
        direction = "ASC" if backward else "DESC"
        ordering = ", ".join(f"{column} {direction}" for column in order.columns)
        # For few matches the planner is kept from walking the whole date index in search of them.
        materialized = "MATERIALIZED" if total <= FEW else "NOT MATERIALIZED"
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH matching ({', '.join(['object_id', *order.columns])}) AS {materialized} ({sql}) "  # noqa: S608
                f"SELECT object_id, {', '.join(order.columns)} FROM matching {after} "
                f"ORDER BY {ordering} LIMIT %s",
                [*parameters, *(key or []), self.page_size + 1],
            )
            return cursor.fetchall()


@dataclass(frozen=True)
class Counts:
    """Exact numbers: by packed facets as if none were chosen, by topic as if no topic were chosen."""

    by_facets: Counter[int]
    by_topic: Counter[int]
    chosen_facets: Collection[int] | None

    @property
    def total(self) -> int:
        if self.chosen_facets is None:
            return self.by_facets.total()
        return sum(self.by_facets[code] for code in self.chosen_facets)


@dataclass(frozen=True)
class Order:
    """Columns that a list is sorted by, all descending, the last one unique; `readers` read a cursor's."""

    columns: tuple[str, ...]
    readers: tuple[Callable[[Any], Any], ...]

    def read(self, key: Sequence[str | int]) -> list[Any] | None:
        """A cursor's values; None when the cursor comes from a list of another order."""
        try:
            return [reader(value) for reader, value in zip(self.readers, key, strict=True)]
        except (TypeError, ValueError):
            return None


ORDERS = {
    Sort.NEWEST: Order(("date", "id"), (dt.date.fromisoformat, int)),
    Sort.CONFIRMED: Order(("confirmed_on", "id"), (dt.date.fromisoformat, int)),
    Sort.RELEVANCE: Order(("title_hit", "date", "id"), (bool, dt.date.fromisoformat, int)),
}


def _plain(value: Any) -> str | int:
    """A sort value as a cursor carries it."""
    return value.isoformat() if isinstance(value, dt.date) else value
