"""The words of all entries: how rare they are, and which ones look alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection, transaction

from search.analysis.vectors import Vector
from search.models import Audience
from search.reading import fetch

# Words that no row knows yet are put on a list. Making them words here would let writers wait for one
# another.
NOTICE = """
    INSERT INTO search_newword (lexeme, surface)
    SELECT lexeme, surface FROM unnest(%s::text[], %s::text[]) AS seen (lexeme, surface)
    WHERE NOT EXISTS (SELECT FROM search_word WHERE search_word.lexeme = seen.lexeme)
"""
LEARN = """
    WITH gone AS (DELETE FROM search_newword RETURNING lexeme, surface)
    INSERT INTO search_word (lexeme, surface)
    SELECT lexeme, min(surface) FROM gone GROUP BY lexeme
    ON CONFLICT (lexeme) DO NOTHING
"""
FORGET = """
    DELETE FROM search_word WHERE NOT EXISTS (
        SELECT FROM search_wordcount WHERE search_wordcount.lexeme = search_word.lexeme
    )
"""
COMPACT = """
    WITH several AS (
        SELECT lexeme, audience FROM search_wordcount
        GROUP BY lexeme, audience HAVING count(*) > 1 OR sum(n) = 0
    ), gone AS (
        DELETE FROM search_wordcount USING several
        WHERE search_wordcount.lexeme = several.lexeme AND search_wordcount.audience = several.audience
        RETURNING search_wordcount.lexeme, search_wordcount.audience, n
    )
    INSERT INTO search_wordcount (lexeme, audience, n)
    SELECT lexeme, audience, sum(n) FROM gone GROUP BY lexeme, audience HAVING sum(n) <> 0
"""
# Trigrams find candidates; how far apart they really are is told afterwards, on few words.
SIMILAR = """
    SELECT asked.word, found.lexeme, found.surface, known.n
    FROM unnest(%(words)s::text[]) AS asked (word)
    CROSS JOIN LATERAL (
        SELECT lexeme, surface FROM search_word
        WHERE lexeme %% asked.word
            AND length(lexeme) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
        ORDER BY similarity(lexeme, asked.word) DESC, lexeme LIMIT 60
    ) AS found
    CROSS JOIN LATERAL (
        SELECT sum(n)::integer AS n FROM search_wordcount
        WHERE search_wordcount.lexeme = found.lexeme AND audience <= %(audience)s
    ) AS known
    WHERE known.n > 0
"""


class Similar(NamedTuple):
    """A word of the entries that looks like one that was asked for; `n` entries have it."""

    lexeme: str
    surface: str
    n: int


def notice(vectors: Iterable[Vector]) -> None:
    """Remember how the words of new entries are written."""
    surfaces: dict[str, str] = {}
    for vector in vectors:
        surfaces |= vector.surfaces
    with connection.cursor() as cursor:
        cursor.execute(NOTICE, [list(surfaces), list(surfaces.values())])


def similar(words: Collection[str], audience: Audience) -> dict[str, list[Similar]]:
    """For each word those known to the audience that look like it. One query."""
    found: dict[str, list[Similar]] = {word: [] for word in words}
    for word, *like in fetch(SIMILAR, {"words": list(words), "audience": int(audience)}):
        found[word].append(Similar(*like))
    return found


def learn() -> None:
    """Let new words be found by similar ones."""
    with transaction.atomic(), connection.cursor() as cursor:
        if _is_alone(cursor):
            cursor.execute(LEARN)


def compact() -> None:
    """Fold the signed rows together and forget words that nothing has any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        if _is_alone(cursor):
            cursor.execute(LEARN)
            cursor.execute(COMPACT)
            cursor.execute(FORGET)


def _is_alone(cursor: object) -> bool:
    cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('search_word'))")  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]
