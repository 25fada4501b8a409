"""Counts that are exact at any size: sums of a few tally rows instead of a look at every entry."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from search.models import Audience, Tally

COMPACT = """
    WITH gone AS (DELETE FROM search_tally RETURNING source, audience, topic, facets, n)
    INSERT INTO search_tally (source, audience, topic, facets, n)
    SELECT source, audience, topic, facets, sum(n) FROM gone
    GROUP BY source, audience, topic, facets HAVING sum(n) <> 0
"""

# One statement for the filters of a list: by facets under one topic, and by topic for some facets.
FOR_FILTERS = """
    SELECT true, facets, sum(n) FROM search_tally
    WHERE source = %(source)s AND audience <= %(audience)s AND topic = %(topic)s
    GROUP BY facets HAVING sum(n) <> 0
    UNION ALL
    SELECT false, topic, sum(n) FROM search_tally
    WHERE source = %(source)s AND audience <= %(audience)s AND topic <> 0
        AND (%(topics)s::integer[] IS NULL OR topic = ANY(%(topics)s::integer[]))
        AND (%(facets)s::integer[] IS NULL OR facets = ANY(%(facets)s::integer[]))
    GROUP BY topic HAVING sum(n) <> 0
"""


def counts_for_filters(
    *,
    source: int,
    audience: int,
    topic: int,
    facets: Collection[int] | None,
    topics: Collection[int] | None = None,
) -> tuple[dict[int, int], dict[int, int]]:
    """Things by packed facets under `topic` (0 is all), and by topic with any of `facets` (None is any).

    `topics` are those whose numbers are wanted, None stands for all.
    """
    by_facets: dict[int, int] = {}
    by_topic: dict[int, int] = {}
    asked: dict[str, Any] = {"source": source, "audience": audience, "topic": topic}
    asked["facets"] = None if facets is None else list(facets)
    asked["topics"] = None if topics is None else list(topics)
    with connection.cursor() as cursor:
        cursor.execute(FOR_FILTERS, asked)
        for is_facets, key, number in cursor.fetchall():
            (by_facets if is_facets else by_topic)[key] = int(number)
    return by_facets, by_topic


def counts_by_topic(audience: Audience, *, source: int) -> dict[int, int]:
    """Number of things that this audience may know of, by topic id with all below it; 0 counts all."""
    return Tally.objects.for_audience(audience).filter(source=source).by_topic()


def compact() -> None:
    """Fold the tally's signed rows together; readers and writers go on meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('search_tally'))")
        row = cursor.fetchone()
        if row and row[0]:
            cursor.execute(COMPACT)
