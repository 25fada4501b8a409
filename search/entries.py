"""Writing entries. Callers do it in the transaction that changes the thing itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connection, transaction

from search.analysis.vectors import Texts
from search.bitmaps import folding
from search.entering import Entering
from search.models import Audience, Entry
from search.sources import source_of, sources

BATCH = 500
# Marks stand below 0 and stay.
RETOPIC = """
    UPDATE search_entry AS entry
    SET topics = ARRAY(SELECT label FROM unnest(entry.topics) AS label WHERE label < 0) || given.topics
    FROM (
        SELECT object_id, topics::integer[] AS topics
        FROM unnest(%s::bigint[], %s::text[]) AS thing (object_id, topics)
    ) AS given
    WHERE entry.source = %s AND entry.object_id = given.object_id
        AND ARRAY(SELECT label FROM unnest(entry.topics) AS label WHERE label > 0) <> given.topics
"""
Progress = Callable[[Iterable["EntryData"]], Iterable["EntryData"]]


@dataclass(frozen=True)
class EntryData:
    """What the search may know of a thing.

    `topics` holds the ids of its topics and of all topics above them, `marks` numbers from 1 for further
    labels of which it may have several. `lead` says it in a sentence, `keywords` are short texts that
    describe it (topic names, synonyms, tags, city), `body` is its plain text. Without `confirmed_on` it was
    last confirmed on its `date`. `boost` from 0 to 100 lets it stand before others that fit as well; `uses`
    counts who took it over. What has a short name is `known_as` it: queries recognise it, and suggestions
    begin with it. Where the title `is_name` of a place, nobody finds it by parts of its words: Zweibrücken is
    no bridge.
    """

    source: int
    object_id: int
    audience: Audience
    date: dt.date
    title: str
    lead: str = ""
    keywords: str = ""
    body: str = ""
    confirmed_on: dt.date | None = None
    city_id: int | None = None
    topics: Sequence[int] = field(default_factory=tuple)
    marks: Sequence[int] = field(default_factory=tuple)
    facets: int = 0
    boost: int = 0
    uses: int = 0
    known_as: str = ""
    is_name: bool = False

    @property
    def texts(self) -> Texts:
        return Texts(self.title, self.lead, self.keywords, self.body, self.is_name)


def enter(data: Iterable[EntryData], *, on_other_cores: bool = False) -> None:
    """Write or rewrite the entries of things; see `Entering` for many of them."""
    with Entering(on_other_cores=on_other_cores) as entering:
        entering.add(data)


def withdraw(source: int, object_ids: Iterable[int]) -> None:
    """Make things unfindable."""
    Entry.objects.filter(source=source, object_id__in=list(object_ids)).delete()


def refresh(source: int, object_ids: Collection[int]) -> None:
    """Write the entries of things anew after something that they stand under changed."""
    data = list(source_of(source).entries_of(object_ids))
    enter(data)
    withdraw(source, set(object_ids) - {thing.object_id for thing in data})


def under(topic_ids: Collection[int]) -> list[tuple[int, int]]:
    """Source and id of all things under one of these topics, by source."""
    found = Entry.objects.filter(topics__overlap=list(topic_ids)).order_by("source", "object_id")
    return list(found.values_list("source", "object_id"))


def retopic(things: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Bring the topics of entries in line with their things, and nothing else of them: the words may wait.

    Says after each batch how many are done, and of how many.
    """
    done = 0
    for code, group in groupby(things, key=lambda thing: thing[0]):
        object_ids = [object_id for _code, object_id in group]
        for start in range(0, len(object_ids), BATCH):
            batch = object_ids[start : start + BATCH]
            _retopic(code, batch)
            done += len(batch)
            yield done, len(things)


def _retopic(code: int, object_ids: Sequence[int]) -> None:
    topics_of = source_of(code).topics_of
    if topics_of is None:
        refresh(code, object_ids)
        return
    given = topics_of(object_ids)
    labels = [f"{{{','.join(map(str, sorted(set(topics))))}}}" for topics in given.values()]
    with connection.cursor() as cursor:
        cursor.execute(RETOPIC, [list(given), labels, code])


@transaction.atomic
def rebuild(progress: Progress = lambda data: data) -> int:
    """Rewrite all entries from the things themselves; returns their number.

    One transaction: searches see the old entries meanwhile.
    """
    Entry.objects.all().delete()
    for source in sources():
        enter(progress(source.all_entries()), on_other_cores=True)
    folding.fold(waits=True)
    return Entry.objects.count()
