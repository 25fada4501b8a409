"""Exact numbers of hits: in all, by facet, by topic and by kind, each facet as if nothing of its own were
chosen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from search import asking
from search.asking import Question
from search.packing import CORE, FIELDS
from search.reading import fetch
from search.sources import source_of

# Codes of facets, topics and other kinds come back in one list, told apart by the first column.
FACET, TOPIC, KIND, ID = 0, 1, 2, 3
NEWEST = 200  # hits that come along for ranking


@dataclass
class Counts:
    """`by_facet` goes by the names that the source gives its fields."""

    total: int = 0
    by_facet: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    by_topic: Counter[int] = field(default_factory=Counter)
    by_mark: Counter[int] = field(default_factory=Counter)
    by_source: Counter[int] = field(default_factory=Counter)


@dataclass
class Matches:
    """What one look at all matches gives: the numbers, and the newest ones to rank."""

    counts: Counts
    newest: list[int] = field(default_factory=list)


def count_by_tally(question: Question) -> Counts | None:
    """Numbers without words, from a few sums; None where the tally does not have them."""
    core_only = all(bits in CORE for bits, _codes in asking.chosen_fields(question))
    if question.source is None or question.marks or not core_only:
        return None
    if question.city_id is not None or question.city_ids is not None:
        return None
    if len(question.topics) > 1:
        return None
    chosen = {bits: set(codes) for bits, codes in asking.chosen_fields(question)}
    by_field: list[Counter[int]] = [Counter() for _ in FIELDS]
    counts = Counts()
    rows = _tally_rows(question)
    for is_topic, key, value, code, n in rows:
        number = int(n)
        fails = [bits for bits, codes in chosen.items() if bits.of(code) not in codes]
        if is_topic:
            if not fails:
                (counts.by_topic if key > 0 else counts.by_mark)[abs(key)] += number
        elif key == 0:
            for place, bits in enumerate(CORE):
                if not fails or fails == [bits]:
                    by_field[place][bits.of(code)] += number
            counts.total += 0 if fails else number
        elif not fails:
            by_field[len(CORE) + key - 1][value] += number
    for place in range(len(CORE), len(FIELDS)):  # the tally leaves out what is not known
        by_field[place][0] = counts.total - by_field[place].total()
    if question.topics and counts.by_mark:
        counts.by_mark = _marks_in_topic(question, list(counts.by_mark))
    counts.by_facet = _named(question, by_field)
    counts.by_source[question.source] = counts.total
    return counts


def _marks_in_topic(question: Question, marks: list[int]) -> Counter[int]:
    """The tally does not know topics and marks together; the index does."""
    condition = asking.scope(question, "") & asking.of_source(question) & asking.with_facets(question)
    rows = fetch(
        f"""
            SELECT mark, (
                SELECT count(*) FROM search_entry
                WHERE {condition.sql} AND topics @> ARRAY[%(topic)s, -mark]
            ) FROM unnest(%(marks)s::integer[]) AS mark
            """,  # noqa: S608
        {**condition.parameters, "topic": next(iter(question.topics)), "marks": marks},
    )
    return Counter({mark: number for mark, number in rows if number})


def _tally_rows(question: Question) -> list[tuple[Any, ...]]:
    topics = None
    if question.counted_topics is not None:
        topics = list(question.counted_topics)
    return fetch(
        """
            SELECT false, field, value, facets, sum(n) FROM search_tally
            WHERE source = %(source)s AND audience <= %(audience)s AND topic = %(topic)s
            GROUP BY field, value, facets HAVING sum(n) <> 0
            UNION ALL
            SELECT true, topic, 0, facets, sum(n) FROM search_tally
            WHERE source = %(source)s AND audience <= %(audience)s AND field = 0 AND topic <> 0
                AND (%(topics)s::integer[] IS NULL OR topic < 0 OR topic = ANY(%(topics)s::integer[]))
            GROUP BY topic, facets HAVING sum(n) <> 0
            """,
        {
            "source": question.source,
            "audience": int(question.audience),
            "topic": next(iter(question.topics), 0),
            "topics": topics,
        },
    )


def count_matches(question: Question, query: str) -> Matches:
    """One query, however many filters are chosen."""
    chosen = asking.chosen_fields(question)
    source = asking.of_source(question)
    topics, marks, facets = (
        asking.in_topics(question), asking.with_marks(question), asking.with_facets(question)
    )  # fmt: skip
    condition = asking.scope(question, query)
    parameters = {
        **condition.parameters, **source.parameters, **topics.parameters, **marks.parameters,
        **facets.parameters, "newest": NEWEST,
        "counted": None if question.counted_topics is None else list(question.counted_topics),
    }  # fmt: skip
    if not query:  # other kinds are counted for words alone
        condition &= source
    places = ", ".join(f"facets >> {bits.shift} & {bits.mask} AS f{n}" for n, bits in enumerate(FIELDS))
    fails = " + ".join(
        f"CASE WHEN (facets >> {bits.shift} & {bits.mask}) = ANY(%(facet{n})s::integer[]) THEN 0"
        f" ELSE {1 << FIELDS.index(bits)} END"
        for n, (bits, _codes) in enumerate(chosen)
    )
    names = [f"f{n}" for n in range(len(FIELDS))]
    sql = f"""
        WITH matching AS MATERIALIZED (
            SELECT id, source, date, facets, topics FROM search_entry WHERE {condition.sql}
        ), coded AS (
            SELECT {places}, {fails or 0} AS fails, n FROM (
                SELECT facets, count(*) AS n FROM matching
                WHERE {(source & topics & marks).sql} GROUP BY facets
            ) AS packed
        )
        SELECT {FACET} AS what, grouping({", ".join(names)})::bigint,
            coalesce({", ".join(names)}), fails, sum(n)::bigint
        FROM coded GROUP BY GROUPING SETS ({", ".join(f"({name}, fails)" for name in names)})
        UNION ALL
        SELECT {TOPIC}, 0, topic, 0, sum(n)::bigint FROM (  -- many things stand under the same topics
            SELECT topics, count(*) AS n FROM matching
            WHERE {(source & marks & facets).sql} GROUP BY topics
        ) AS together CROSS JOIN LATERAL unnest(topics) AS topic
        WHERE topic > 0 AND (%(counted)s::integer[] IS NULL OR topic = ANY(%(counted)s::integer[]))
        GROUP BY topic
        UNION ALL
        SELECT {TOPIC}, 0, topic, 0, count(*) FROM matching CROSS JOIN LATERAL unnest(topics) AS topic
        WHERE {(source & topics & facets).sql} AND topic < 0 AND topics[1] < 0 GROUP BY topic
        UNION ALL
        SELECT {KIND}, source, 0, 0, count(*) FROM matching GROUP BY source
        UNION ALL
        (SELECT {ID}, id, 0, 0, 0 FROM matching WHERE {(source & topics & marks & facets).sql}
         ORDER BY date DESC, id DESC LIMIT %(newest)s)
    """  # noqa: S608  columns and numbers of our own; values are parameters
    return _matches(question, fetch(sql, parameters, by_index=bool(query)))


def _matches(question: Question, rows: list[tuple[Any, ...]]) -> Matches:
    by_field: list[Counter[int]] = [Counter() for _ in FIELDS]
    matches = Matches(Counts())
    counts = matches.counts
    for what, key, value, fails, n in rows:
        if what == FACET:
            # grouping() has a bit for each column that was not grouped by, the first column's highest.
            place = _place(key)
            if fails in (0, 1 << place):
                by_field[place][value] += n
            if place == 0 and not fails:
                counts.total += n
        elif what == TOPIC:
            (counts.by_topic if value > 0 else counts.by_mark)[abs(value)] += n
        elif what == KIND:
            counts.by_source[key] += n
        else:
            matches.newest.append(key)
    counts.by_facet = _named(question, by_field)
    if question.source is not None:
        counts.by_source[question.source] = counts.total
    return matches


def _place(grouping: int) -> int:
    everything = (1 << len(FIELDS)) - 1
    return len(FIELDS) - (everything - grouping).bit_length()


def _named(question: Question, by_field: list[Counter[int]]) -> dict[str, Counter[int]]:
    fields = {} if question.source is None else source_of(question.source).facets
    return defaultdict(Counter, {name: by_field[FIELDS.index(bits)] for name, bits in fields.items()})
