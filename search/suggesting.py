"""What somebody may be about to type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from search import synonyms
from search.analysis.vectors import IN_TITLE, lexemes, quoted
from search.analysis.words import fold, plain, tokens
from search.entering import key_of
from search.forgiving import nearly
from search.models import Audience
from search.reading import fetch_each

LEAST_LETTERS = 2
LONGEST = 80
MOST_WORDS = 6
BEGINNINGS = 12  # words that may continue what was typed
SAMPLE = 400  # things looked at for each way
EVERYTHING = 2**31
ENOUGH = 3  # things for several words; below, one of the words may be a city
# Names that begin like that, then those of things with such a synonym; where they leave room, things whose
# title has all words, the last of them going on in its most frequent ways, then those with its stem, where it
# was typed into its ending, and at last those whose title has what means the same. Looking at a sample keeps
# it quick where half of all things fit.
SUGGEST = """
    WITH named AS (
        SELECT id, source, object_id, 4 AS rank, boost, date FROM search_entry
        WHERE key IS NOT NULL AND key LIKE %(prefix)s AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        ORDER BY boost DESC, length(key), object_id LIMIT %(limit)s
    ), synonymous AS (
        SELECT id, source, object_id, 3 AS rank, boost, date FROM search_entry
        WHERE key IS NOT NULL AND key = ANY(%(instead_keys)s::text[]) AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        ORDER BY boost DESC, object_id LIMIT %(limit)s
    ), going_on AS (
        SELECT lexeme FROM (
            SELECT lexeme, sum(n) AS n, sum(sum(n)) OVER (ORDER BY sum(n) DESC, lexeme) - sum(n) AS n_before
            FROM (
                SELECT lexeme, n FROM search_wordcount
                WHERE lexeme LIKE %(beginning)s AND audience <= %(audience)s LIMIT 2000
            ) AS beginning GROUP BY lexeme HAVING sum(n) > 0
        ) AS counted WHERE n_before < %(enough)s ORDER BY n DESC, lexeme LIMIT %(beginnings)s
    ), titled AS (
        SELECT id, source, object_id, 2 AS rank, boost, date FROM search_entry
        WHERE (SELECT count(*) FROM named) < %(limit)s AND words @@ CAST((
                SELECT %(before)s || '(' || string_agg(quote_literal(lexeme), ' | ') || ')' FROM going_on
            ) AS tsquery)
            AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        LIMIT %(sample)s
    ), ended AS (
        SELECT id, source, object_id, 1 AS rank, boost, date FROM search_entry
        WHERE (SELECT count(*) FROM named) < %(limit)s AND words @@ CAST(%(ended)s AS tsquery)
            AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        LIMIT %(sample)s
    ), meant AS (
        SELECT id, source, object_id, 0 AS rank, boost, date FROM search_entry
        WHERE words @@ CAST(%(instead)s AS tsquery) AND audience <= %(audience)s
            AND (%(sources)s::integer[] IS NULL OR source = ANY(%(sources)s::integer[]))
        LIMIT %(sample)s
    )
    SELECT source, object_id FROM (
        SELECT DISTINCT ON (source, object_id) *
        FROM (
            SELECT * FROM named UNION ALL SELECT * FROM synonymous
            UNION ALL SELECT * FROM titled {more}
        ) AS either
        ORDER BY source, object_id, rank DESC
    ) AS found ORDER BY rank DESC, boost DESC, date DESC, id DESC LIMIT %(limit)s
"""
ENDED, MEANT = " UNION ALL SELECT * FROM ended", " UNION ALL SELECT * FROM meant"


@dataclass(frozen=True)
class Suggestion:
    """A thing whose title goes on from what was typed."""

    source: int
    object_id: int


def suggest(
    prefix: str,
    *,
    audience: Audience,
    sources: Collection[int] | None = None,
    limit: int = 8,
    is_forgiving: bool = True,
) -> list[Suggestion]:
    """Things that fit what was typed so far, names first; where there are none, those that nearly fit, if it
    `is_forgiving`.

    One query, two where something nearly fits, two more after synonyms were changed; none for less than two
    letters.
    """
    words = [token.text for token in tokens(plain(prefix)[:LONGEST])][:MOST_WORDS]
    if not words or len(key_of(prefix)) < LEAST_LETTERS:
        return []
    asked = {
        "audience": int(audience),
        "sources": None if sources is None else list(sources),
        "sample": SAMPLE,
        "limit": limit,
    }
    rows, version = _read(prefix, words, asked, synonyms.kept())
    if version != synonyms.kept().version:
        thesaurus = synonyms.read(version)
        if thesaurus.instead_of(key_of(prefix)):
            rows, _version = _read(prefix, words, asked, thesaurus)
    if is_forgiving and (not rows or (len(words) > 1 and len(rows) < ENOUGH)):
        rows += nearly(key_of(prefix), words, asked, is_forgiving=not rows)
    return [Suggestion(*row) for row in dict.fromkeys(rows)][:limit]


def _read(
    prefix: str, words: list[str], asked: dict[str, Any], thesaurus: synonyms.Thesaurus
) -> tuple[list[tuple[Any, ...]], str]:
    """Sources and ids, and which synonyms there are. One query."""
    before = [quoted(IN_TITLE + found[0]) for word in words[:-1] if (found := lexemes(word).whole)]
    last, instead = fold(words[-1]), thesaurus.instead_of(key_of(prefix))
    meant = [
        " & ".join(quoted(IN_TITLE + stem) for stem in stems)
        for term in instead
        if (stems := synonyms.key_of(term))
    ]
    own, all_before = _stem_of(last), " & ".join([*before, ""])
    more = (ENDED if own else "") + (MEANT if meant else "")
    rows, version = fetch_each(
        [({}, SUGGEST.format(more=more)), ({}, synonyms.VERSION)],
        {
            **asked,
            "prefix": f"{key_of(prefix)}%",
            "instead_keys": [key_of(term) for term in instead],
            "instead": " | ".join(f"({each})" for each in meant),
            "beginning": f"{IN_TITLE}{last}%",
            "before": all_before,
            "ended": f"{all_before}({' | '.join(map(quoted, own))})" if own else "",
            "beginnings": BEGINNINGS,
            # What stands with other words, or among few kinds, may be behind the most frequent ways.
            "enough": EVERYTHING if before or asked["sources"] is not None else 2 * SAMPLE,
        },
    )
    return rows, version[0][0]


def _stem_of(beginning: str) -> list[str]:
    """The stem of a word that was typed as far as into its ending: „schulen“ is found as „schul“."""
    return [IN_TITLE + stem for stem in lexemes(beginning).whole if beginning.startswith(stem)]
