"""Things like another, or like a text: those that share a good part of its rarest words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from search.analysis.vectors import IN_TITLE, TITLE, Vector, quoted
from search.asking import Question, filters, of_source, scope
from search.models import Audience
from search.query.lookup import look_up
from search.query.terms import Alternative, Group, Terms
from search.query.understanding import Query, Understood
from search.ranking import ranked
from search.reading import VECTOR, WHOLE, fetch

WORDS = 12  # rarest ones that are compared
CANDIDATES = 200
LONGEST_TEXT = 1_500
# Words of one thing that nothing else has say nothing about others; those of a tenth of all neither.
LEAST, MOST_SHARE = 2, 0.1
# What is alike has so much of the compared words' weight in its title, sentence or keywords. Words of a topic
# that both stand under are keywords, too: one word must be in the title of one of them.
LEAST_ALIKE = 0.28
LEAST_SHARED = 3  # words that make two things alike
SHARED = """
    SELECT object_id, array(SELECT lexeme FROM unnest(words) WHERE lexeme = ANY(%(words)s::text[]))
    FROM search_entry WHERE source = %(source)s AND object_id = ANY(%(ids)s::bigint[])
"""
OF_ENTRY = """
    SELECT lexeme, array_to_string(weights, '') FROM search_entry, unnest(words)
    WHERE source = %(source)s AND object_id = %(object_id)s AND audience <= %(audience)s
"""


def similar_to(source: int, object_id: int, *, audience: Audience, limit: int = 5) -> list[int]:
    """Ids of things of the same kind, the most similar first; none for a thing that has no entry."""
    important, title = _own_words(source, object_id, audience)
    bar = Bar(LEAST_ALIKE, title)
    return _similar(important, source, audience, limit, bar, without=object_id)


def newest_under(
    source: int, topic: int, above: int | None, *, audience: Audience, without: int, limit: int
) -> tuple[bool, list[int]]:
    """Ids of the newest things under a topic but one; else under the topic above it, with True. One query."""
    topics = [topic] if above is None else [topic, above]
    question = Question(audience=audience, source=source, topics=topics)
    condition = scope(question, {}) & filters(question)
    rows = fetch(
        f"""
            SELECT object_id, topics @> ARRAY[%(topic)s]::integer[] AS is_under FROM search_entry
            WHERE {condition.sql} AND object_id <> %(without)s
            ORDER BY is_under DESC, date DESC, id DESC LIMIT %(limit)s
        """,  # noqa: S608  values are parameters
        {**condition.parameters, "topic": topic, "without": without, "limit": limit},
    )
    under = [key for key, is_under in rows if is_under]
    return (False, under) if under else (bool(rows), [key for key, _is_under in rows])


def similar_to_text(
    text: str, *, source: int, audience: Audience, limit: int = 5, without: int | None = None
) -> list[int]:
    """Ids of things that are as much about what this text is about, the most similar first."""
    words = _words_of(text)
    return _similar(words, source, audience, limit, Bar(LEAST_ALIKE, words), without=without)


def named_in_text(text: str, *, source: int, audience: Audience, limit: int = 5) -> list[int]:
    """Ids of things that share any of the text's rarest words: topics say less than a text about one."""
    words = _words_of(text)
    return _similar(words, source, audience, limit, Bar(0.0, words))


@dataclass(frozen=True)
class Bar:
    """How much of the compared words something must share, and which of them were in the title."""

    share: float
    title: Collection[str]


def _words_of(text: str) -> set[str]:
    vector = Vector()
    vector.add(text[:LONGEST_TEXT], TITLE)
    return vector.words


def likenesses(source: int, object_id: int, *, audience: Audience, limit: int = 5) -> list[tuple[int, int]]:
    """The most similar things with how much of the thing's words they have, in percent by rarity.

    Words that nothing else has count against: a thing that shares its common words alone is not alike.
    """
    important, title = _own_words(source, object_id, audience)
    near = _similar(important, source, audience, limit, Bar(LEAST_ALIKE, title), without=object_id)
    if not near:
        return []
    words = {word for word in important if not word.startswith(IN_TITLE) and len(word) > 2}
    numbers = look_up(words, (), audience).numbers
    rarity = {word: math.log(1 + numbers.get("", 1) / max(numbers.get(word, 1), 1)) for word in words}
    shared = fetch(SHARED, {"source": source, "ids": near, "words": list(words)})
    total = sum(rarity.values())
    return [
        (key, round(100 * sum(rarity[word] for word in found) / total))
        for key, found in shared
        if len(found) >= LEAST_SHARED
    ]


def _own_words(source: int, object_id: int, audience: Audience) -> tuple[set[str], set[str]]:
    """What a thing is about, and which of it stands in its title. One query."""
    rows = fetch(OF_ENTRY, {"source": source, "object_id": object_id, "audience": int(audience)})
    important = {lexeme for lexeme, weights in rows if weights and ("A" in weights or "B" in weights)}
    title = {lexeme.removeprefix(IN_TITLE) for lexeme, _weights in rows if lexeme.startswith(IN_TITLE)}
    return important, title


def _similar(
    words: set[str], source: int, audience: Audience, limit: int, bar: Bar, *, without: int | None = None
) -> list[int]:
    words = {word for word in words if not word.startswith(IN_TITLE) and len(word) > 2}
    if not words:
        return []
    numbers = look_up(words, (), audience).numbers
    groups = _rarest(words, numbers)
    if not groups:
        return []
    question = Question(audience=audience, source=source)
    tsquery = " | ".join(group.query() for group in groups)
    condition = scope(question, {tsquery: ()}) & of_source(question)
    enough, parameters = _enough(groups, bar)
    rows = fetch(
        f"""
            SELECT id FROM (
                SELECT id, {WHOLE} FROM search_entry WHERE id = ANY(ARRAY(
                    SELECT id FROM search_entry WHERE {condition.sql}
                    ORDER BY date DESC, id DESC LIMIT {CANDIDATES}
                )) OFFSET 0
            ) AS candidate WHERE {enough}
        """,  # noqa: S608  values are parameters
        {**condition.parameters, **parameters},
    )
    optional = tuple(Group(g.typed, g.alternatives, is_required=False, weight=g.weight) for g in groups)
    if not rows:
        return []
    query = Query(Terms(optional), Understood(), numbers)
    hits = ranked(query, [row[0] for row in rows], audience)
    return [hit.object_id for hit in hits if hit.object_id != without][:limit]


def _rarest(words: Collection[str], numbers: dict[str, int]) -> tuple[Group, ...]:
    """The words that are compared, each with its weight."""
    most = max(numbers.get("", 0) * MOST_SHARE, 50)
    known = sorted((n, word) for word in words if LEAST <= (n := numbers.get(word, 0)) <= most)[:WORDS]
    return tuple(Group(word, (Alternative((word,)),)).weighed(numbers) for _n, word in known)


def _enough(groups: Sequence[Group], bar: Bar) -> tuple[str, dict[str, str | float]]:
    """The condition that a candidate's words share enough."""
    weights = [max(group.weight, 1.0) for group in groups]  # in a small network no word is rare
    parameters: dict[str, str | float] = {"least": bar.share * sum(weights)}
    shares = []
    for place, (group, weight) in enumerate(zip(groups, weights, strict=True)):
        parameters |= {f"word{place}": f"{quoted(group.typed)}:AB", f"weight{place}": weight}
        shares.append(f"({VECTOR} @@ CAST(%(word{place})s AS tsquery))::integer * %(weight{place})s::float8")
    titled = [quoted(IN_TITLE + group.typed) for group in groups]
    titled += [f"{quoted(group.typed)}:AB" for group in groups if group.typed in bar.title]
    parameters["titled"] = " | ".join(titled)
    return f"{' + '.join(shares)} >= %(least)s AND {VECTOR} @@ CAST(%(titled)s AS tsquery)", parameters
