"""What somebody may be about to type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from search.analysis.vectors import IN_TITLE, lexemes, quoted
from search.analysis.words import fold, plain, tokens
from search.entering import key_of
from search.models import Audience
from search.reading import fetch

LEAST_LETTERS = 2
LONGEST = 80
MOST_WORDS = 6
BEGINNINGS = 12  # words that may continue what was typed
SAMPLE = 400  # things looked at for each way
EVERYTHING = 2**31
# Names that begin like that; where they leave room, things whose title has all words, the last of them going
# on in its most frequent ways. Looking at a sample keeps it quick where half of all things fit.
SUGGEST = """
    WITH named AS (
        SELECT id, source, object_id, 1 AS rank, boost, date FROM search_entry
        WHERE key IS NOT NULL AND key LIKE %(prefix)s AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        ORDER BY boost DESC, length(key), object_id LIMIT %(limit)s
    ), going_on AS (
        SELECT lexeme FROM (
            SELECT lexeme, sum(n) AS n, sum(sum(n)) OVER (ORDER BY sum(n) DESC, lexeme) - sum(n) AS n_before
            FROM (
                SELECT lexeme, n FROM search_wordcount
                WHERE lexeme LIKE %(beginning)s AND audience <= %(audience)s LIMIT 2000
            ) AS beginning GROUP BY lexeme HAVING sum(n) > 0
        ) AS counted WHERE n_before < %(enough)s ORDER BY n DESC, lexeme LIMIT %(beginnings)s
    ), titled AS (
        SELECT id, source, object_id, 0 AS rank, boost, date FROM search_entry
        WHERE (SELECT count(*) FROM named) < %(limit)s AND words @@ CAST((
                SELECT %(before)s || '(' || string_agg(quote_literal(lexeme), ' | ') || ')' FROM going_on
            ) AS tsquery)
            AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        LIMIT %(sample)s
    )
    SELECT source, object_id FROM (
        SELECT DISTINCT ON (source, object_id) *
        FROM (SELECT * FROM named UNION ALL SELECT * FROM titled) AS either
        ORDER BY source, object_id, rank DESC
    ) AS found ORDER BY rank DESC, boost DESC, date DESC, id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Suggestion:
    """A thing whose title goes on from what was typed."""

    source: int
    object_id: int


def suggest(
    prefix: str, *, audience: Audience, sources: Collection[int] | None = None, limit: int = 8
) -> list[Suggestion]:
    """Things that fit what was typed so far, names first. One query; none for less than two letters."""
    words = [token.text for token in tokens(plain(prefix)[:LONGEST])][:MOST_WORDS]
    if not words or len(key_of(prefix)) < LEAST_LETTERS:
        return []
    before = [quoted(IN_TITLE + found[0]) for word in words[:-1] if (found := lexemes(word).whole)]
    last = fold(words[-1])
    rows = fetch(
        SUGGEST,
        {
            "prefix": f"{key_of(prefix)}%",
            "beginning": f"{IN_TITLE}{_stable(last)}%",
            "before": " & ".join([*before, ""]),
            "audience": int(audience),
            "sources": None if sources is None else list(sources),
            "beginnings": BEGINNINGS,
            "sample": SAMPLE,
            # What stands with other words, or among few kinds, may be behind the most frequent ways.
            "enough": EVERYTHING if before or sources is not None else 2 * SAMPLE,
            "limit": limit,
        },
    )
    return [Suggestion(*row) for row in rows]


def _stable(beginning: str) -> str:
    """What a word's stem begins with as well: its own stem, as far as it was typed."""
    found = lexemes(beginning).whole
    if found and beginning.startswith(found[0]) and len(found[0]) >= LEAST_LETTERS:
        return found[0]
    return beginning
