"""The same numbers without words: from a few sums of the tally, wherever it has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from search import asking
from search.asking import Question
from search.counting import count_matches
from search.counts import Counts, named
from search.packing import CORE, FIELDS, FURTHER, Field
from search.reading import fetch

MOST_PAIRS = 60  # labels that are counted together with a chosen one; for more, one look at all is cheaper


def count_by_tally(question: Question) -> Counts | None:
    """Numbers without words, from a few sums; None where the tally does not have them."""
    fields = dict(asking.chosen_fields(question))
    further = [bits for bits in fields if bits not in CORE]
    labels = asking.chosen_labels(question)
    if question.source is None or question.city_id is not None or question.city_ids is not None:
        return None
    if len(labels) + len(further) > 1:
        return None if further else _count_several(question)
    chosen = {bits: set(codes) for bits, codes in fields.items() if bits in CORE}
    # The tally numbers further fields from 1; 0 counts what has any value, known or not.
    number_of_further = FIELDS.index(further[0]) - len(CORE) + 1 if further else 0
    values = set(fields[further[0]]) if further else {0}
    if further and 0 in values:
        return None
    if_open = 0
    by_field: list[Counter[int]] = [Counter() for _ in FIELDS]
    by_label: Counter[int] = Counter()
    counts = Counts()
    for is_label, key, value, code, n in _tally_rows(question, number_of_further, values):
        number = int(n)
        fails = [bits for bits, codes in chosen.items() if bits.of(code) not in codes]
        if is_label:
            by_label[key] += 0 if fails else number
            continue
        if key == number_of_further and value in values:
            for place, bits in enumerate(CORE):
                if not fails or fails == [bits]:
                    by_field[place][bits.of(code)] += number
            counts.total += 0 if fails else number
        if key == 0:
            if_open += 0 if fails else number
        elif not fails:
            by_field[len(CORE) + key - 1][value] += number
    for place in range(len(CORE), len(FIELDS)):  # the tally leaves out what is not known
        by_field[place][0] = if_open - by_field[place].total()
    if further:
        _count_beside(question, by_field, further[0])
    if not _count_labels(question, counts, by_label):
        return None
    counts.by_facet = named(question, by_field)
    counts.by_source[question.source] = counts.total
    return counts


def _count_several(question: Question) -> Counts | None:
    """With several labels of one filter: their own numbers from the tally, all others from a look at what has
    one of them. None where labels of several filters are chosen.
    """
    own = [
        condition
        for condition in (
            asking.in_topics(question), asking.in_further_topics(question), asking.with_marks(question)
        )
        if condition != asking.EVERYTHING
    ]  # fmt: skip
    if len(own) != 1:
        return None
    counts = count_matches(question, [], within=own[0]).counts
    chosen = [(bits, set(codes)) for bits, codes in asking.chosen_fields(question)]
    by_label: Counter[int] = Counter()
    for is_label, key, _value, code, n in _tally_rows(question, 0, {0}):
        if is_label and all(bits.of(code) in codes for bits, codes in chosen):
            by_label[key] += int(n)
    if question.topics:
        counted = by_label if question.counted_topics is None else question.counted_topics
        counts.by_topic = Counter({label: by_label[label] for label in counted if label > 0})
    elif question.further_topics:
        counts.by_further_topic = Counter({label: by_label[label] for label in question.counted_further})
    else:
        counts.by_mark = Counter({-label: n for label, n in by_label.items() if label < 0})
    return counts


def _count_beside(question: Question, by_field: list[Counter[int]], chosen: Field) -> None:
    """The further fields beside a chosen one: of these the tally knows no pairs."""
    others = [bits for bits in FURTHER if bits != chosen]
    for bits in others:
        by_field[FIELDS.index(bits)].clear()
    for packed, number in _combinations(question):
        for bits in others:
            by_field[FIELDS.index(bits)][bits.of(packed)] += number


def _combinations(question: Question) -> list[tuple[Any, ...]]:
    """Packed facets of all that the filters leave, with their numbers: one look at narrow rows."""
    condition = asking.scope(question, "") & asking.filters(question)
    return fetch(
        f"SELECT facets, count(*) FROM search_entry WHERE {condition.sql} GROUP BY facets",  # noqa: S608
        condition.parameters,
    )


def _count_labels(question: Question, counts: Counts, by_label: Counter[int]) -> bool:
    """Numbers by topic and mark; False where one look at all entries is cheaper."""
    counted = question.counted_topics
    groups = (
        (counts.by_topic, question.topics, [
            label for label in by_label if label > 0 and (counted is None or label in counted)
        ]),
        (counts.by_further_topic, question.further_topics, question.counted_further),
        (counts.by_mark, question.marks, [label for label in by_label if label < 0]),
    )  # fmt: skip
    numbers: Mapping[int, int] = by_label
    if chosen := asking.chosen_labels(question):
        beside = {label for _found, own, labels in groups if not own for label in labels if by_label[label]}
        if len(beside) > MOST_PAIRS:
            return False
        numbers = _together(question, chosen[0], sorted(beside)) if beside else {}
    for found, own, labels in groups:
        known = by_label if own else numbers
        found.update({abs(label): number for label in labels if (number := known.get(label, 0))})
    return True


def _together(question: Question, label: int, labels: list[int]) -> dict[int, int]:
    """How many have a label together with each of others. The tally does not know pairs; the index does."""
    condition = asking.scope(question, "") & asking.of_source(question) & asking.with_facets(question)
    rows = fetch(
        f"""
            SELECT label, (
                SELECT count(*) FROM search_entry
                WHERE {condition.sql} AND topics @> ARRAY[%(chosen)s, label]
            ) FROM unnest(%(labels)s::integer[]) AS label
            """,  # noqa: S608
        {**condition.parameters, "chosen": label, "labels": labels},
    )
    return dict(rows)


def _tally_rows(question: Question, further: int, values: Collection[int]) -> list[tuple[Any, ...]]:
    """Sums by facet for the chosen label, then by label for the chosen values of a further field."""
    topics = None
    if question.counted_topics is not None:
        topics = [*question.counted_topics, *question.counted_further]
    return fetch(
        """
            SELECT false, field, value, facets, sum(n) FROM search_tally
            WHERE source = %(source)s AND audience <= %(audience)s AND topic = %(topic)s
            GROUP BY field, value, facets HAVING sum(n) <> 0
            UNION ALL
            SELECT true, topic, 0, facets, sum(n) FROM search_tally
            WHERE source = %(source)s AND audience <= %(audience)s AND topic <> 0
                AND field = %(further)s AND value = ANY(%(values)s::integer[])
                AND (%(topics)s::integer[] IS NULL OR topic < 0 OR topic = ANY(%(topics)s::integer[]))
            GROUP BY topic, facets HAVING sum(n) <> 0
            """,
        {
            "source": question.source,
            "audience": int(question.audience),
            "topic": next(iter(asking.chosen_labels(question)), 0),
            "topics": topics,
            "further": further,
            "values": list(values),
        },
    )
