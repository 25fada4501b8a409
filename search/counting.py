"""Exact numbers of hits: in all, by facet, by topic and by kind, each facet as if nothing of its own were
chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from search import asking
from search.asking import Question
from search.counts import Counts, named
from search.packing import FIELDS
from search.reading import fetch

# Codes of facets, topics and other kinds come back in one list, told apart by the first column.
FACET, TOPIC, KIND, ID, FURTHER, LEVEL = 0, 1, 2, 3, 4, 5
NEWEST = 200  # hits that come along for ranking


@dataclass
class Matches:
    """What one look at all matches gives: the numbers, and the newest ones to rank."""

    counts: Counts
    newest: list[int] = field(default_factory=list)
    level: int = 0  # which of several queries they are the matches of
    with_all: int | None = None  # hits of the first one, counted up to what is enough


def count_matches(
    question: Question,
    queries: Sequence[str],
    enough: int = 1,
    within: asking.Condition = asking.EVERYTHING,
) -> Matches:
    """Of several `queries` the first with `enough` hits counts, else the last. One query to the database,
    however many filters are chosen; without words `queries` is empty.

    Things outside of `within` are not looked at, for callers that have the numbers of that filter elsewhere.
    """
    chosen = asking.chosen_fields(question)
    source = asking.of_source(question)
    topics, further = asking.in_topics(question), asking.in_further_topics(question)
    marks, facets = asking.with_marks(question), asking.with_facets(question)
    levels = [
        _level(question, query, f"query{place}") for place, query in enumerate(queries or [""])
    ]  # fmt: skip
    parameters = {
        **{name: value for level in levels for name, value in level.parameters.items()}, "enough": enough,
        **asking.filters(question).parameters, "newest": NEWEST,
        "further_topics": list(question.counted_further),
        "counted": None if question.counted_topics is None else list(question.counted_topics),
    }  # fmt: skip
    if not (queries and question.counts_kinds):
        levels = [level & source for level in levels]
    levels = [level & within for level in levels]
    places = ", ".join(f"facets >> {bits.shift} & {bits.mask} AS f{n}" for n, bits in enumerate(FIELDS))
    fails = " + ".join(
        f"CASE WHEN (facets >> {bits.shift} & {bits.mask}) = ANY(%(facet{n})s::integer[]) THEN 0"
        f" ELSE {1 << FIELDS.index(bits)} END"
        for n, (bits, _codes) in enumerate(chosen)
    )
    names = [f"f{n}" for n in range(len(FIELDS))]
    sql = f"""
        WITH {_first_with_enough(levels, asking.filters(question))}, coded AS (
            SELECT {places}, {fails or 0} AS fails, n FROM (
                SELECT facets, count(*) AS n FROM matching
                WHERE {(source & topics & further & marks).sql} GROUP BY facets
            ) AS packed
        )
        SELECT {FACET} AS what, grouping({", ".join(names)})::bigint,
            coalesce({", ".join(names)}), fails, sum(n)::bigint
        FROM coded GROUP BY GROUPING SETS ({", ".join(f"({name}, fails)" for name in names)})
        {_labels(question)}
        {_further_topics(question, source & topics & marks & facets)}
        {_kinds(question)}
        {_chosen_level(levels)}
        UNION ALL
        (SELECT {ID}, id, 0, 0, 0 FROM matching WHERE {asking.filters(question).sql}
         ORDER BY date DESC, id DESC LIMIT %(newest)s)
    """  # noqa: S608  columns and numbers of our own; values are parameters
    return _matches(question, fetch(sql, parameters, by_index=bool(queries)))


def _level(question: Question, query: str, name: str) -> asking.Condition:
    """The condition of `asking.scope`, with a parameter of its own for its words."""
    condition = asking.scope(question, query)
    if not query:
        return condition
    parameters = {name if key == "query" else key: value for key, value in condition.parameters.items()}
    return asking.Condition(condition.sql.replace("%(query)s", f"%({name})s"), parameters)


def _first_with_enough(levels: Sequence[asking.Condition], filters: asking.Condition) -> str:
    """The table `matching`. Levels behind the first one that has enough hits are never looked at: what they
    wait for is told once, before they begin.
    """
    columns = "SELECT id, source, date, facets, topics FROM search_entry WHERE"
    if len(levels) == 1:
        return f"matching AS MATERIALIZED ({columns} {levels[0].sql})"
    probes, arms = [], []
    for place, level in enumerate(levels):
        is_wanted = " AND ".join([*(_has_few(before) for before in range(place)), "true"])
        if place < len(levels) - 1:
            found = f"SELECT FROM search_entry WHERE {is_wanted} AND {(level & filters).sql}"
            probes.append(
                f"probe{place} AS MATERIALIZED (SELECT count(*) AS n FROM ({found} LIMIT %(enough)s) AS few)"  # noqa: S608
            )
            is_wanted += f" AND NOT {_has_few(place)}"
        arms.append(f"({columns} {is_wanted} AND {level.sql})")
    return f"{', '.join(probes)}, matching AS MATERIALIZED ({' UNION ALL '.join(arms)})"


def _has_few(level: int) -> str:
    return f"((SELECT n FROM probe{level}) < %(enough)s)"  # noqa: S608  a number of our own


def _chosen_level(levels: Sequence[asking.Condition]) -> str:
    """Which level it is, and how many hits the first one has, where there are several."""
    if len(levels) == 1:
        return ""
    last = len(levels) - 1
    cases = " ".join(f"WHEN NOT {_has_few(place)} THEN {place}" for place in range(last))
    return f"UNION ALL SELECT {LEVEL}, CASE {cases} ELSE {last} END, 0, 0, n FROM probe0"  # noqa: S608


def _labels(question: Question) -> str:
    """Numbers by topic and by mark; in one look where neither narrows the other."""
    beside = asking.of_source(question) & asking.in_further_topics(question) & asking.with_facets(question)
    topics, marks = asking.in_topics(question), asking.with_marks(question)
    # Many things stand under the same topics.
    is_topic = "topic > 0 AND (%(counted)s::integer[] IS NULL OR topic = ANY(%(counted)s::integer[]))"
    if topics == marks:
        return _by_label(beside, f"{is_topic} OR topic < 0")
    has_marks = asking.Condition("topics[1] < 0")  # labels are in order
    return _by_label(beside & marks, is_topic) + _by_label(beside & topics & has_marks, "topic < 0")


def _by_label(condition: asking.Condition, which: str) -> str:
    return f"""
        UNION ALL
        SELECT {TOPIC}, 0, topic, 0, sum(n)::bigint FROM (
            SELECT topics, count(*) AS n FROM matching WHERE {condition.sql} GROUP BY topics
        ) AS together CROSS JOIN LATERAL unnest(topics) AS topic
        WHERE {which} GROUP BY topic
    """  # noqa: S608  columns and numbers of our own; values are parameters


def _kinds(question: Question) -> str:
    if question.source is not None and not question.counts_kinds:
        return ""
    return f"UNION ALL SELECT {KIND}, source, 0, 0, count(*) FROM matching GROUP BY source"  # noqa: S608


def _further_topics(question: Question, condition: asking.Condition) -> str:
    if not question.counted_further:
        return ""
    return f"""
        UNION ALL
        SELECT {FURTHER}, 0, topic, 0, count(*) FROM matching CROSS JOIN LATERAL unnest(topics) AS topic
        WHERE {condition.sql} AND topics && %(further_topics)s::integer[]
            AND topic = ANY(%(further_topics)s::integer[])
        GROUP BY topic
    """  # noqa: S608  numbers of our own


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
        elif what == FURTHER:
            counts.by_further_topic[value] += n
        elif what == LEVEL:
            matches.level, matches.with_all = key, n
        elif what == KIND:
            counts.by_source[key] += n
        else:
            matches.newest.append(key)
    counts.by_facet = named(question, by_field)
    if question.source is not None:
        counts.by_source[question.source] = counts.total
    return matches


def _place(grouping: int) -> int:
    everything = (1 << len(FIELDS)) - 1
    return len(FIELDS) - (everything - grouping).bit_length()
