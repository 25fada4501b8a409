"""How alive topics are: how many write-ups others have taken over, and when the last one came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cities.permissions import audience_of
from search.reading import fetch
from search.sources import code_of
from topics.counts import adopted_counts

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


@dataclass(frozen=True)
class Life:
    """By topic id, with all below it."""

    adopted: Mapping[int, int] = field(default_factory=dict)
    latest: Mapping[int, dt.date] = field(default_factory=dict)


def life_of_topics(reader: User | AnonymousUser) -> Life:
    """One query, whose cost does not grow with the write-ups, beside that of their numbers."""
    asked = {"source": code_of("practices"), "audience": int(audience_of(reader)), "newest": NEWEST}
    return Life(
        adopted=adopted_counts(reader),
        latest=dict(fetch(LATEST, asked)),
    )
