"""Counts that are exact at any size: sums of a few tally rows instead of a look at every entry."""

from __future__ import annotations

from django.db import connection, transaction

from search.models import Audience, Tally

COMPACT = """
    WITH gone AS (DELETE FROM search_tally RETURNING source, audience, topic, field, value, facets, n)
    INSERT INTO search_tally (source, audience, topic, field, value, facets, n)
    SELECT source, audience, topic, field, value, facets, sum(n) FROM gone
    GROUP BY source, audience, topic, field, value, facets HAVING sum(n) <> 0
"""


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
