"""How alive topics are: how often cities have taken something over, and when the last write-up came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cities.permissions import audience_of
from search.reading import fetch
from search.remembering import Remembered, current_state
from search.sources import code_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Dates come from the newest entries alone: a topic that is not among them has had nothing for long.
NEWEST = 1_000
LATEST = """
    SELECT topic, max(date) FROM (
        SELECT topics, date FROM search_entry WHERE source = %(source)s AND audience <= %(audience)s
        ORDER BY date DESC, id DESC LIMIT %(newest)s
    ) AS newest, unnest(topics) AS topic WHERE topic > 0 GROUP BY topic
"""
# Adoptions, not what was adopted, and of building blocks as well: as the matrix and the statistics count.
ADOPTED = """
    SELECT topic, sum(uses)::int FROM search_entry, unnest(topics) AS topic
    WHERE source = ANY(%(sources)s) AND audience <= %(audience)s AND uses > 0 AND topic > 0 GROUP BY topic
"""


@dataclass(frozen=True)
class Life:
    """By topic id, with all below it: the number of adoptions, and the day of the newest write-up."""

    adopted: Mapping[int, int] = field(default_factory=dict)
    latest: Mapping[int, dt.date] = field(default_factory=dict)


LIVES: Remembered[Life] = Remembered()


def life_of_topics(reader: User | AnonymousUser) -> Life:
    """One query while no entry changes, else three, of which one reads all that is in use somewhere."""
    audience = int(audience_of(reader))

    def work_out(state: str) -> tuple[str, Life]:
        began = state or current_state()
        newest = {"source": code_of("practices"), "audience": audience, "newest": NEWEST}
        adopted = {"sources": [code_of("practices"), code_of("blocks")], "audience": audience}
        return began, Life(dict(fetch(ADOPTED, adopted)), dict(fetch(LATEST, newest)))

    return LIVES.answer(audience, work_out)
