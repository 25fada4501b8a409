"""Writing entries. Callers do it in the transaction that changes the thing itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import TextField, Value

from search.models import Audience, Entry
from search.sources import source_of, sources

CONFIG = "german"
BATCH = 500
UPDATED = ["audience", "date", "confirmed_on", "city_id", "topics", "facets", "title_words", "words"]


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
    rows = iter(data)
    while batch := [_row(entry) for entry in islice(rows, BATCH)]:
        Entry.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["source", "object_id"], update_fields=UPDATED
        )


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


def _row(data: EntryData) -> Entry:
    title, keywords, body = (_text(part) for part in (data.title, data.keywords, data.body))
    return Entry(
        source=data.source,
        object_id=data.object_id,
        audience=data.audience,
        date=data.date,
        confirmed_on=data.confirmed_on or data.date,
        city_id=data.city_id,
        topics=sorted(set(data.topics)),
        facets=data.facets,
        title_words=SearchVector(title, config=CONFIG) + SearchVector(keywords, config=CONFIG),
        words=SearchVector(title, config=CONFIG, weight="A")
        + SearchVector(keywords, config=CONFIG, weight="B")
        + SearchVector(body, config=CONFIG, weight="C"),
    )


def _text(text: str) -> Value:
    return Value(text, output_field=TextField())
