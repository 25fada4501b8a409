"""The words of all entries: how rare they are, and which ones look alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, transaction

from search.models import Audience
from search.reading import SearchTooSlow, Settings, fetch_each, fetch_kept

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
# One letter wrong leaves one half of a word as it is, so words of about its length that begin or end alike
# are found by index. "{" comes behind all letters.
ALIKE = """
    SELECT asked.word, found.lexeme, found.surface, known.n
    FROM unnest(%(words)s::text[], %(beginnings)s::text[], %(endings)s::text[])
        AS asked (word, beginning, ending)
    CROSS JOIN LATERAL (
        SELECT lexeme, surface FROM search_word
        WHERE length(lexeme) = ANY(ARRAY[length(word) - 1, length(word), length(word) + 1])
            AND lexeme ~>=~ beginning AND lexeme ~<~ (beginning || '{')
        UNION
        SELECT lexeme, surface FROM search_word
        WHERE length(lexeme) = ANY(ARRAY[length(word) - 1, length(word), length(word) + 1])
            AND reverse(lexeme) ~>=~ ending AND reverse(lexeme) ~<~ (ending || '{')
    ) AS found
    CROSS JOIN LATERAL (
        SELECT sum(n)::integer AS n FROM search_wordcount
        WHERE search_wordcount.lexeme = found.lexeme AND audience <= %(audience)s
    ) AS known
    WHERE known.n > 0
    UNION ALL
    SELECT '', lexeme, surface, n FROM (
        SELECT lexeme, surface, (
            SELECT sum(n)::integer FROM search_wordcount
            WHERE search_wordcount.lexeme = search_word.lexeme AND audience <= %(audience)s
        ) AS n FROM search_word WHERE lexeme = ANY(ARRAY(SELECT unnest(string_to_array(%(lexemes)s, ' '))))
    ) AS existing WHERE n > 0
    UNION ALL
    SELECT begun.word || '…', found.* FROM unnest(%(begun)s::text[]) AS begun (word)
    CROSS JOIN LATERAL (
        SELECT lexeme, surface, sum(n)::integer AS n FROM (
            SELECT lexeme, n FROM search_wordcount
            WHERE lexeme ~>=~ begun.word AND lexeme ~<~ (begun.word || '{') AND audience <= %(audience)s
            LIMIT 200
        ) AS beginning JOIN search_word USING (lexeme)
        GROUP BY lexeme, surface HAVING sum(n) > 0 ORDER BY sum(n) DESC, lexeme LIMIT 1
    ) AS found
"""
# Trigrams find candidates; how far apart they really are is told afterwards, on few words. Where entries have
# the very word, there is nothing to look for.
ALIKE_BY_TRIGRAMS = """
    SELECT asked.word, found.lexeme, found.surface, known.n
    FROM unnest(%({name})s::text[]) AS asked (word)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(n), 0) > 0 AS is_word FROM search_wordcount
        WHERE search_wordcount.lexeme = asked.word AND audience <= %(audience)s
    ) AS own
    CROSS JOIN LATERAL (
        SELECT lexeme, surface FROM search_word WHERE own.is_word AND lexeme = asked.word
        UNION ALL
        (SELECT lexeme, surface FROM search_word
         WHERE NOT own.is_word AND lexeme %% asked.word
            AND length(lexeme) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2
         ORDER BY similarity(lexeme, asked.word) DESC, lexeme LIMIT 60)
    ) AS found
    CROSS JOIN LATERAL (
        SELECT sum(n)::integer AS n FROM search_wordcount
        WHERE search_wordcount.lexeme = found.lexeme AND audience <= %(audience)s
    ) AS known
    WHERE known.n > 0
"""
THRESHOLD = "pg_trgm.similarity_threshold"
LEAST_SIMILARITY = 30  # percent
LONGEST_LOOK = 150  # milliseconds for words that share trigrams


class Similar(NamedTuple):
    """A word of the entries that looks like one that was asked for; `n` entries have it."""

    lexeme: str
    surface: str
    n: int


def notice(surfaces: Mapping[str, str]) -> None:
    """Remember how the words of new entries are written."""
    with connection.cursor() as cursor:
        cursor.execute(NOTICE, [list(surfaces), list(surfaces.values())])


def alike(
    halves: Mapping[str, tuple[str, str]],
    lexemes: Collection[str],
    begun: Collection[str],
    audience: Audience,
) -> dict[str, list[Similar]]:
    """For each word those known to the audience that have its beginning or its ending and are one letter
    longer or shorter at most; for "" those of `lexemes` that there are; for each one `begun`, with „…“ behind
    it, the most frequent that goes on so. One query.
    """
    asked = {
        "words": list(halves),
        "beginnings": [beginning for beginning, _ending in halves.values()],
        "endings": [ending[::-1] for _beginning, ending in halves.values()],
        "lexemes": " ".join(lexemes),  # which takes a tenth of the time that a list of them does
        "begun": list(begun),
        "audience": int(audience),
    }
    found: dict[str, list[Similar]] = {word: [] for word in ("", *halves, *(f"{word}…" for word in begun))}
    for word, *like in fetch_kept(ALIKE, asked) if halves or lexemes or begun else ():
        found[word].append(Similar(*like))
    return found


def with_trigrams(words: Collection[str], audience: Audience) -> dict[str, list[Similar]]:
    """For each of the words those known to the audience that look like it. One query."""
    asked: dict[str, Any] = {"audience": int(audience)}
    statements: list[tuple[Settings, str]] = []
    for percent, alike in _by_similarity(words).items():
        asked[f"words{percent}"] = alike
        settings = {THRESHOLD: f"{percent / 100}", "statement_timeout": str(LONGEST_LOOK)}
        statements.append((settings, ALIKE_BY_TRIGRAMS.replace("{name}", f"words{percent}")))
    try:
        results = fetch_each(statements, asked) if statements else []
    except SearchTooSlow:  # an answer without them is better than none
        return {}
    found: dict[str, list[Similar]] = {word: [] for word in words}
    for word, *like in chain.from_iterable(results):
        found[word].append(Similar(*like))
    return found


def _by_similarity(words: Iterable[str]) -> dict[int, list[str]]:
    """Words by how many percent of the trigrams one has to share with them; the longer a word, the more are
    left by two wrong letters, and the fewer words have to be compared.

    Two letters with their neighbours swapped spoil eight trigrams and make eight others.
    """
    found: dict[int, list[str]] = {}
    for word in words:
        written = f"  {word} "
        number = len({written[place : place + 3] for place in range(len(word) + 1)})
        percent = 100 * (number - 8) // (number + 8) // 5 * 5
        found.setdefault(max(percent, LEAST_SIMILARITY), []).append(word)
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
