"""What somebody who mistyped a word, or named a city beside it, may be about to type."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from search.analysis.stopwords import STOP_WORDS
from search.analysis.vectors import IN_TITLE
from search.analysis.words import fold, stem
from search.query.spelling import LEAST_LETTERS, one_away
from search.reading import Rows, fetch
from search.sources import sources

LONGEST_NAME, LONGEST_WORD = 24, 24  # letters of what may have been mistyped: every letter costs 50 looks
MOST_WORDS = 4
LEAST_NAME = 3  # letters that one of several words has to begin a name with
LEAST_STEM = 5  # letters; what is near to shorter ones is chance
BEGINNINGS = 12
PLACES = 20  # cities that begin alike
# For each word the ways it goes on as it was typed, else the ways it goes on with one letter changed. The
# index is asked for each beginning by its bounds: "{" comes behind all letters.
WAYS = """
    WITH ways AS (
        SELECT place, lexeme,
            dense_rank() OVER (PARTITION BY place ORDER BY is_near) AS way,
            row_number() OVER (PARTITION BY place ORDER BY is_near, sum(n) DESC, lexeme) AS number
        FROM unnest(%(places)s::integer[], %(beginnings)s::text[], %(near)s::boolean[])
            AS asked (place, beginning, is_near)
        CROSS JOIN LATERAL (
            SELECT lexeme, n FROM search_wordcount
            WHERE lexeme ~>=~ beginning AND lexeme ~<~ (beginning || '{') AND audience <= %(audience)s
            LIMIT 200
        ) AS known GROUP BY place, is_near, lexeme HAVING sum(n) > 0
    ), said AS (
        SELECT place, '(' || string_agg(quote_literal(lexeme), ' | ') || ')' AS words
        FROM ways WHERE way = 1 AND number <= %(most)s GROUP BY place
    )
"""
NAMED = """
    SELECT id, source, object_id, 2 AS rank, boost, date FROM (
        SELECT named.*, length(named.key) AS length
        FROM unnest(%(keys)s::text[]) AS asked (beginning)
        CROSS JOIN LATERAL (
            SELECT id, source, object_id, boost, date, key FROM search_entry
            WHERE key IS NOT NULL AND key ~>=~ beginning AND key ~<~ (beginning || '{')
                AND audience <= %(audience)s
                AND source = ANY(%(codes)s::integer[])
            LIMIT %(limit)s
        ) AS named ORDER BY length, boost DESC LIMIT %(limit)s
    ) AS near
"""
# What is called like one of several words, behind all that has each of them.
ANY_NAMED = """
    SELECT id, source, object_id, 0 AS rank, boost, date FROM (
        SELECT named.* FROM unnest(%(any)s::text[]) AS asked (beginning)
        CROSS JOIN LATERAL (
            SELECT id, source, object_id, boost, date FROM search_entry
            WHERE key IS NOT NULL AND key ~>=~ beginning AND key ~<~ (beginning || '{')
                AND audience <= %(audience)s AND source = ANY(%(codes)s::integer[])
            ORDER BY boost DESC, length(key) LIMIT 2
        ) AS named
    ) AS any_named
"""
TITLED = """
    (SELECT id, source, object_id, 1 AS rank, boost, date FROM search_entry
     WHERE words @@ (
            SELECT CAST(string_agg(words, ' & ') AS tsquery) FROM said
            WHERE place = ANY(%(rest{n})s::integer[]) HAVING count(*) = cardinality(%(rest{n})s::integer[])
        ) AND audience <= %(audience)s
        AND source = ANY(%(codes)s::integer[]) {of_city}
     LIMIT %(sample)s)
"""
OF_CITY = """
    AND city_id = ANY(ARRAY(
        SELECT city_id FROM search_entry
        WHERE key IS NOT NULL AND key ~>=~ %(city{n})s AND key ~<~ (%(city{n})s || '{{')
            AND source = ANY(%(cities)s::integer[]) AND audience <= %(audience)s
        ORDER BY length(key) LIMIT %(most_places)s
    ))
"""
FOUND = """
    SELECT source, object_id FROM (
        SELECT DISTINCT ON (source, object_id) * FROM ({ways}) AS either
        ORDER BY source, object_id, rank DESC
    ) AS found ORDER BY rank DESC, boost DESC, date DESC, id DESC LIMIT %(limit)s
"""


def nearly(key: str, words: Sequence[str], asked: Mapping[str, Any], *, is_forgiving: bool) -> Rows:
    """Sources and ids of things with these words in any order, one of which may be a city or its beginning;
    `is_forgiving` also of those with one letter wrong in a word or in the name, and of what is called like
    one of the words. One query.
    """
    words = [fold(word) for word in words]
    told = {place: word for place, word in enumerate(words) if word not in STOP_WORDS}
    if not 0 < len(told) <= MOST_WORDS:
        return []
    beginnings = [
        (place, IN_TITLE + each, each != word)
        for place, word in told.items()
        for each in _beginnings(word, is_forgiving=is_forgiving)
    ]
    parameters: dict[str, Any] = {
        **asked,
        "places": [each[0] for each in beginnings],
        "beginnings": [each[1] for each in beginnings],
        "near": [each[2] for each in beginnings],
        "keys": sorted(one_away(key)) if is_forgiving and LEAST_LETTERS <= len(key) <= LONGEST_NAME else [],
        # Named one by one, since the index by city begins with the source.
        "codes": [each.code for each in sources()] if asked["sources"] is None else asked["sources"],
        "cities": [source.code for source in sources() if source.are_places],
        "any": [word for word in told.values() if is_forgiving and len(told) > 1 and len(word) >= LEAST_NAME],
        "most": BEGINNINGS,
        "most_places": PLACES,
    }
    ways = [NAMED, ANY_NAMED]
    for n, (city, rest) in enumerate(_cities(words, told)):
        parameters |= {f"city{n}": city, f"rest{n}": rest}
        ways.append(TITLED.format(n=n, of_city=OF_CITY.format(n=n) if city else ""))
    return fetch(WAYS + FOUND.format(ways=" UNION ALL ".join(ways)), parameters)


def _beginnings(word: str, *, is_forgiving: bool) -> list[str]:
    """A word and, where it is long enough to be told from others, what it may be with one letter wrong."""
    if not is_forgiving or not LEAST_LETTERS <= len(word) <= LONGEST_WORD:
        return [word]
    shorter = stem(word)  # entries have words without their endings
    near = one_away(shorter if len(shorter) >= LEAST_STEM else word)
    return [word, *sorted(each for each in near if each != word and len(each) >= LEAST_LETTERS)]


def _cities(words: Sequence[str], told: Collection[int]) -> list[tuple[str, list[int]]]:
    """Ways to read the words: all of them are words, or those at either end are a city."""
    places = sorted(told)
    ways: list[tuple[str, list[int]]] = [("", places)]
    for split in {1, len(words) - 1} - {0}:
        ways.append((" ".join(words[:split]), [place for place in places if place >= split]))
        ways.append((" ".join(words[split:]), [place for place in places if place < split]))
    return [(city, rest) for city, rest in ways if rest]
