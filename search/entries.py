"""Writing entries. Callers do it in the transaction that changes the thing itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, transaction

from search.models import Audience, Entry
from search.sources import source_of, sources

CONFIG = "german"
BATCH = 500
# One statement with arrays: a million entries are written three times as fast as with the ORM's expressions.
ENTER = """
    INSERT INTO search_entry
        (source, object_id, audience, date, confirmed_on, city_id, topics, facets, title_words, words)
    SELECT source, object_id, audience, date, confirmed_on, city_id, topics::integer[], facets,
        in_title || in_keywords,
        setweight(in_title, 'A') || setweight(in_keywords, 'B') || setweight(to_tsvector(config, body), 'C')
    FROM unnest(
            %s::integer[], %s::bigint[], %s::integer[], %s::date[], %s::date[], %s::bigint[], %s::text[],
            %s::integer[], %s::text[], %s::text[], %s::text[]
        ) AS thing (
            source, object_id, audience, date, confirmed_on, city_id, topics, facets, title, keywords, body
        ),
        CAST(%s AS regconfig) AS config,
        LATERAL (SELECT to_tsvector(config, title) AS in_title, to_tsvector(config, keywords) AS in_keywords)
    ON CONFLICT (source, object_id) DO UPDATE SET
        (audience, date, confirmed_on, city_id, topics, facets, title_words, words) = (
            excluded.audience, excluded.date, excluded.confirmed_on, excluded.city_id, excluded.topics,
            excluded.facets, excluded.title_words, excluded.words
        )
"""


@dataclass(frozen=True)
class EntryData:
    """What the search may know of a thing.

    `topics` holds the ids of its topics and of all topics above them. `keywords` are short texts that
    describe it (topic names, synonyms, tags, city), `body` is its plain text. Without `confirmed_on` it was
    last confirmed on its `date`.
    """

    source: int
    object_id: int
    audience: Audience
    date: dt.date
    title: str
    keywords: str = ""
    body: str = ""
    confirmed_on: dt.date | None = None
    city_id: int | None = None
    topics: Sequence[int] = field(default_factory=tuple)
    facets: int = 0


def enter(data: Iterable[EntryData]) -> None:
    """Write or rewrite the entries of things."""
    things = iter(data)
    with connection.cursor() as cursor:
        while batch := [_row(thing) for thing in islice(things, BATCH)]:
            columns = [list(column) for column in zip(*batch, strict=True)]
            cursor.execute(ENTER, [*columns, CONFIG])


def withdraw(source: int, object_ids: Iterable[int]) -> None:
    """Make things unfindable."""
    Entry.objects.filter(source=source, object_id__in=list(object_ids)).delete()


def refresh(source: int, object_ids: Collection[int]) -> None:
    """Write the entries of things anew after something that they stand under changed."""
    enter(source_of(source).entries_of(object_ids))


@transaction.atomic
def rebuild() -> int:
    """Rewrite all entries from the things themselves; returns their number.

    One transaction: searches see the old entries meanwhile.
    """
    Entry.objects.all().delete()
    for source in sources():
        enter(source.all_entries())
    return Entry.objects.count()


def _row(thing: EntryData) -> tuple[Any, ...]:
    """Values in the order of `ENTER`."""
    return (
        thing.source,
        thing.object_id,
        int(thing.audience),
        thing.date,
        thing.confirmed_on or thing.date,
        thing.city_id,
        f"{{{','.join(map(str, sorted(set(thing.topics))))}}}",
        thing.facets,
        thing.title,
        thing.keywords,
        thing.body,
    )
