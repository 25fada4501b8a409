"""Exact numbers of hits: in all, by facet, by topic and by kind, each facet as if nothing of its own were
chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search import asking
from search.asking import Question
from search.bitmaps import labels
from search.bitmaps.view import Leaf, View, look
from search.counts import Counts, named
from search.packing import FIELDS
from search.query.terms import Level


@dataclass(frozen=True)
class Matches:
    """What one look at all entries gives.

    `entries` has a bit in `view` for each hit. They are the hits of `level`; where there are several, the
    first one has `with_all` hits.
    """

    view: View
    entries: int
    counts: Counts
    level: Level | None = None
    with_all: int | None = None


def count_matches(
    question: Question, levels: Sequence[Level] = (), enough: int = 1, also: Collection[Leaf] = ()
) -> Matches:
    """Of several `levels` the first with `enough` hits counts, else the last. One query to the database,
    however many filters are chosen; without words there are no levels.

    `also` are further conditions that the view shall know.
    """
    leaves = {*also, *(leaf for level in levels for leaf in level.leaves())}
    view = look(leaves, asking.cities(question), source=None if question.counts_kinds else question.source)
    in_scope = view.for_audience(question.audience) & view.in_cities
    filters = _Filters(question, view)
    found, chosen, with_all = in_scope, None, None
    for level in levels:
        found, chosen = level.among(view, in_scope), level
        number = filters.among(found).bit_count()
        with_all = number if with_all is None else with_all
        if number >= enough:
            break
    counts = filters.counts(found, has_words=bool(levels))
    return Matches(view, filters.among(found), counts, chosen, with_all if len(levels) > 1 else None)


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
