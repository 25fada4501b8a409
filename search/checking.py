"""Whether the entries say what the things say."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.db import connection

from search.analysis.vectors import analyse
from search.entering import COLUMNS, GIVEN, columns_of
from search.entries import BATCH, Progress
from search.models import Entry
from search.sources import Source, sources

DIFFERENT = f"""
    WITH given AS ({GIVEN})
    SELECT given.object_id, entry.id IS NULL
    FROM given LEFT JOIN search_entry AS entry USING (source, object_id)
    WHERE ({", ".join(f"entry.{name}" for name in COLUMNS)})
        IS DISTINCT FROM ({", ".join(f"given.{name}" for name in COLUMNS)})
"""  # noqa: S608  names of columns


class Drift(enum.Enum):
    MISSING = "missing"  # a thing that cannot be found
    OUTDATED = "outdated"  # an entry that says something else than its thing
    LEFT_OVER = "left over"  # an entry without a thing that may be found


class Difference(NamedTuple):
    source: Source
    object_id: int
    drift: Drift


def differences(progress: Progress = lambda data: data) -> Iterator[Difference]:
    """All entries that differ from what their things say now."""
    for source in sources():
        yield from _of_source(source, progress)


def _of_source(source: Source, progress: Progress) -> Iterator[Difference]:
    seen: set[int] = set()
    things = iter(progress(source.all_entries()))
    with connection.cursor() as cursor:
        while batch := list(islice(things, BATCH)):
            seen.update(thing.object_id for thing in batch)
            words = analyse(thing.texts for thing in batch).words
            cursor.execute(DIFFERENT, columns_of(zip(batch, words, strict=True)))
            for object_id, is_missing in cursor.fetchall():
                yield Difference(source, object_id, Drift.MISSING if is_missing else Drift.OUTDATED)
    entered: Iterable[int] = Entry.objects.filter(source=source.code).values_list("object_id", flat=True)
    for object_id in sorted(set(entered) - seen):
        yield Difference(source, object_id, Drift.LEFT_OVER)
