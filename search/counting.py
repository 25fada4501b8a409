"""Exact numbers of hits: in all, by facet, by topic and by kind, each facet as if nothing of its own were
chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import asking
from search.asking import Queries, Question
from search.bitmaps import labels
from search.bitmaps.view import Leaf, View, look
from search.counts import Counts, named
from search.packing import FIELDS
from search.query.terms import Level


@dataclass(frozen=True)
class Matches:
    """What one look at all entries gives.

    `entries` has a bit in `view` for each hit, `best` for those of the first level; where there are several,
    these are `with_all`. `queries` ask the database for the hits.
    """

    view: View
    entries: int
    best: int
    counts: Counts
    queries: Queries
    with_all: int | None = None


def count_matches(
    question: Question, levels: Sequence[Level] = (), enough: int = 1, also: Collection[Leaf] = ()
) -> Matches:
    """Of several `levels` the first with `enough` hits counts, else the last: for each kind its own, so
    that it has the same number alone and among all. One query to the database, however many filters are
    chosen; without words there are no levels.

    `also` are further conditions that the view shall know.
    """
    leaves = {*also, *(leaf for level in levels for leaf in level.leaves())}
    view = look(leaves, asking.cities(question), source=None if question.counts_kinds else question.source)
    in_scope = view.for_audience(question.audience) & view.in_cities
    filters = _Filters(question, view)
    if not levels:
        entries = filters.among(in_scope)
        return Matches(view, entries, entries, filters.counts(in_scope, has_words=False), {})
    chosen = _Chosen(levels, enough, filters, in_scope)
    best = filters.among(chosen.of_level(0))
    return Matches(
        view,
        filters.among(chosen.found),
        best,
        filters.counts(chosen.found, has_words=True),
        chosen.queries(),
        best.bit_count() if len(levels) > 1 else None,
    )


class _Chosen:
    """For each kind of things the first of the levels that has enough of it."""

    def __init__(self, levels: Sequence[Level], enough: int, filters: _Filters, in_scope: int) -> None:
        self._levels, self._enough, self._filters, self._in_scope = levels, enough, filters, in_scope
        self._known: dict[int, int] = {}
        self._by_kind = {kind: self._place_of(kind) for kind in self._kinds()}
        self.found = 0
        for kind, place in self._by_kind.items():
            self.found |= self.of_level(place) & self._of(kind)

    def of_level(self, place: int) -> int:
        if place not in self._known:
            self._known[place] = self._levels[place].among(self._filters.view, self._in_scope)
        return self._known[place]

    def queries(self) -> Queries:
        """As the database is asked for the hits, by the kinds that each is for; where it is one, for all."""
        asked = self._filters.question.source
        kinds: dict[str, list[int]] = {}
        for kind, place in self._by_kind.items():
            if asked in (None, kind):
                kinds.setdefault(self._levels[place].query(), []).append(kind)
        return kinds if len(kinds) > 1 else {query: [] for query in kinds}

    def _kinds(self) -> list[int]:
        """The one that is asked for, though nothing may be of it, and others that are counted beside it."""
        asked, everything = self._filters.question, self._filters.view.sources
        if asked.source is None:
            return everything
        return [asked.source, *(kind for kind in everything if asked.counts_kinds and kind != asked.source)]

    def _of(self, kind: int) -> int:
        return self._filters.view.of(labels.of_source(kind))

    def _place_of(self, kind: int) -> int:
        """Filters are those of the kind that is asked for."""
        of_kind, filters = self._of(kind), self._filters
        for place in range(len(self._levels)):
            found = self.of_level(place) & of_kind
            if filters.question.source in (None, kind):
                found = filters.among(found)
            if found.bit_count() >= self._enough:
                return place
        return len(self._levels) - 1


class TopicCounts(Mapping[int, int]):
    """Numbers by topic id, each with all below it; 0 counts all. Each is counted when it is asked for."""

    def __init__(self, view: View, entries: int) -> None:
        self._view = view
        self._entries = entries
        self._known = {0: entries.bit_count()}

    @classmethod
    def of(cls, audience: int, *, source: int) -> TopicCounts:
        """What an audience may know of. One query."""
        view = look()
        return cls(view, view.for_audience(audience) & view.of(labels.of_source(source)))

    def having(self, place: int, value: int) -> TopicCounts:
        """The same of what has this value of a packed field."""
        return TopicCounts(self._view, self._entries & self._view.of(labels.of_field(place, value)))

    def __getitem__(self, topic: int) -> int:
        """KeyError for a topic that nothing has."""
        if topic not in self._known:
            self._known[topic] = (self._entries & self._view.of(labels.of_topic(topic))).bit_count()
        if topic and not self._known[topic]:
            raise KeyError(topic)
        return self._known[topic]

    def __iter__(self) -> Iterator[int]:
        """0 and all topics that anything has, marks below 0."""
        yield from (topic for topic in (0, *self._view.topics) if topic in self)

    def __len__(self) -> int:
        return sum(1 for _topic in self)


class _Filters:
    """The chosen filters as bits. Each is left out where its own values are counted."""

    def __init__(self, question: Question, view: View) -> None:
        self.question = question
        self.view = view
        self.chosen: dict[str, int] = {}
        if question.source is not None:
            self.chosen["source"] = view.of(labels.of_source(question.source))
        for name, topics in (
            ("topics", question.topics),
            ("further", question.further_topics),
            ("marks", [-mark for mark in question.marks]),
        ):
            if topics:
                self.chosen[name] = view.any_of([labels.of_topic(topic) for topic in topics])
        for bits, codes in asking.chosen_fields(question):
            place = FIELDS.index(bits)
            self.chosen[f"field{place}"] = view.any_of([labels.of_field(place, code) for code in codes])

    def among(self, entries: int, *, without: str = "") -> int:
        for name, bits in self.chosen.items():
            if name != without:
                entries &= bits
        return entries

    def counts(self, entries: int, *, has_words: bool) -> Counts:
        """All numbers of these entries, which no filter has narrowed yet."""
        question, counts = self.question, Counts()
        narrowed = self.among(entries)
        counts.total = narrowed.bit_count()
        by_field: list[Counter[int]] = [Counter() for _ in FIELDS]
        sources = question.source is None or (question.counts_kinds and has_words)
        open_topics, open_marks = (
            self.among(entries, without=name) if name in self.chosen else narrowed
            for name in ("topics", "marks")
        )
        open_fields = [
            self.among(entries, without=f"field{place}") if f"field{place}" in self.chosen else narrowed
            for place in range(len(FIELDS))
        ]
        counted = question.counted_topics
        for topic in self.view.topics:
            if topic < 0:
                _put(counts.by_mark, -topic, open_marks & self.view.of(labels.of_topic(topic)))
            elif counted is None or topic in counted:
                _put(counts.by_topic, topic, open_topics & self.view.of(labels.of_topic(topic)))
        for source in self.view.sources if sources else ():
            _put(counts.by_source, source, entries & self.view.of(labels.of_source(source)))
        for place, value in self.view.fields:
            label = labels.of_field(place, value)
            _put(by_field[place], value, open_fields[place] & self.view.of(label))
        if question.counted_further:
            open_further = self.among(entries, without="further")
            for topic in question.counted_further:
                _put(counts.by_further_topic, topic, open_further & self.view.of(labels.of_topic(topic)))
        counts.by_facet = named(question, by_field)
        if question.source is not None:
            counts.by_source[question.source] = counts.total
        return counts


def _put(numbers: Counter[int], key: int, entries: int) -> None:
    if number := entries.bit_count():
        numbers[key] = number
