"""How alive topics are: how many write-ups others have taken over, and when the last one came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cities.permissions import audience_of
from search.packing import FURTHER
from search.reading import fetch
from search.sources import code_of, source_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Dates come from the newest entries alone: a topic that is not among them has had nothing for long.
NEWEST = 1_000
LIFE = """
    SELECT topic, sum(n)::bigint, NULL::date FROM search_tally
    WHERE source = %(source)s AND audience <= %(audience)s AND field = %(adopted)s AND value = 1
    GROUP BY topic
    UNION ALL
    SELECT topic, NULL, max(date) FROM (
        SELECT topics, date FROM search_entry WHERE source = %(source)s AND audience <= %(audience)s
        ORDER BY date DESC, id DESC LIMIT %(newest)s
    ) AS newest, unnest(topics) AS topic WHERE topic > 0 GROUP BY topic
"""


@dataclass(frozen=True)
class Life:
    """By topic id, with all below it."""

    adopted: Mapping[int, int] = field(default_factory=dict)
    latest: Mapping[int, dt.date] = field(default_factory=dict)


def life_of_topics(reader: User | AnonymousUser) -> Life:
    """One query, whose cost does not grow with the write-ups."""
    source = code_of("practices")
    asked = {
        "source": source,
        "audience": int(audience_of(reader)),
        "adopted": FURTHER.index(source_of(source).facets["adopted"]) + 1,
        "newest": NEWEST,
    }
    rows = fetch(LIFE, asked)
    return Life(
        adopted={topic: number for topic, number, _day in rows if number},
        latest={topic: day for topic, _number, day in rows if day},
    )
