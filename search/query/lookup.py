"""What the database knows about the words of a query, in one question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from search import synonyms
from search.models import Audience
from search.reading import fetch_kept
from search.remembering import STATE
from search.sources import sources

# Words behind the name that people say of a city: „Landau in der Pfalz“, „Wörth am Rhein“.
BETWEEN = ["a", "am", "an", "auf", "b", "bei", "d", "i", "im", "in", "o", "ob", "unter", "v", "vor"]
# A name in full comes before one that only begins so.
LOOK_UP = f"""
    SELECT 'n', lexeme, sum(n)::bigint, '' FROM search_wordcount
    WHERE lexeme = ANY(%(lexemes)s::text[]) AND audience <= %(audience)s GROUP BY lexeme
    UNION ALL
    (SELECT 'place', key, city_id, '' FROM search_entry
     WHERE key = ANY(%(keys)s::text[]) AND key IS NOT NULL AND source = ANY(%(places)s::integer[])
        AND audience <= %(audience)s ORDER BY boost DESC, object_id LIMIT 20)
    UNION ALL
    (SELECT 'place', name, city_id, '' FROM unnest(%(keys)s::text[]) AS name CROSS JOIN LATERAL (
        SELECT key, city_id, object_id, boost, source, audience FROM search_entry
        WHERE key ~>=~ (name || ' ') AND key ~<~ (name || '!') AND key IS NOT NULL
        ORDER BY key USING ~<~ LIMIT 100  -- by the index instead of by a look at all names
     ) AS longer
     WHERE split_part(substr(key, length(name) + 2), ' ', 1) = ANY(%(between)s::text[])
        AND source = ANY(%(places)s::integer[]) AND audience <= %(audience)s
     ORDER BY boost DESC, object_id LIMIT 20)
    UNION ALL
    SELECT 'synonyms', '', 0, ({synonyms.VERSION})
    UNION ALL
    SELECT 'state', '', 0, ({STATE})
"""  # noqa: S608  a constant


@dataclass
class Known:
    """`numbers`: how many entries have a lexeme, "" counts all; `places`: city ids by name; `state`: see
    `search.remembering`.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    synonyms_version: str = ""
    state: str = ""


def look_up(lexemes: Collection[str], keys: Collection[str], audience: Audience) -> Known:
    known = Known()
    asked = {
        "lexemes": ["", *lexemes],
        "keys": list(keys),
        "between": BETWEEN,
        "places": [source.code for source in sources() if source.are_places],
        "audience": int(audience),
    }
    for kind, word, number, text in fetch_kept(LOOK_UP, asked):
        if kind == "n" and number > 0:
            known.numbers[word] = int(number)
        elif kind == "place":
            known.places.setdefault(word, number)
        elif kind == "synonyms":
            known.synonyms_version = text
        elif kind == "state":
            known.state = text
    return known
