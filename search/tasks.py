"""Jobs of the search: carrying changes of a topic or city into entries, and keeping its tables small."""

from __future__ import annotations

from itertools import groupby

from django.db.models import QuerySet

from notifications.jobs import every, job
from search import misses, remembering, vocabulary
from search.bitmaps.folding import fold_where_worth_it
from search.entries import BATCH, refresh
from search.models import Entry
from search.sources import sources


@job()
def refresh_topics(*, topic_ids: list[int]) -> None:
    """A topic was renamed, moved or given synonyms: rewrite what stands under it."""
    _refresh(Entry.objects.filter(topics__overlap=topic_ids))


@job()
def refresh_city(*, city_id: int) -> None:
    """A city was renamed: rewrite its things and those that name it."""
    _refresh(Entry.objects.filter(city_id=city_id))
    for source in sources():
        _refresh_ids(source.code, list(source.naming_city(city_id)))


@job()
def refresh_things(*, source: int, object_ids: list[int]) -> None:
    """Many things were changed at once: rewrite their entries."""
    for start in range(0, len(object_ids), BATCH):
        refresh(source, object_ids[start : start + BATCH])


@job()
def count_misses(*, numbers: dict[str, int]) -> None:
    """Searches found nothing; the words are what `misses.normalised` leaves of them."""
    misses.count(numbers)


def note_miss(text: str) -> None:
    """Have a search counted that found nothing, with all others of the last minute.

    Jobs are stored and logged, so names do not get that far.
    """
    if (words := misses.normalised(text)) and (due := misses.WAITING.add(words)):
        count_misses.later(numbers=due)


@every("* * * * *")
def learn_words() -> None:
    vocabulary.learn()


@every("* * * * *")
def fold_bitmaps() -> None:
    fold_where_worth_it()


@every("*/5 * * * *")
def fold_marks() -> None:
    remembering.fold()


@every("17 * * * *")
def compact_words() -> None:
    vocabulary.compact()


@every("41 3 * * *")
def prune_misses() -> None:
    misses.prune()


def _refresh(entries: QuerySet[Entry]) -> None:
    things = list(entries.order_by("source", "object_id").values_list("source", "object_id"))
    for source, group in groupby(things, key=lambda thing: thing[0]):
        _refresh_ids(source, [object_id for _source, object_id in group])


def _refresh_ids(source: int, object_ids: list[int]) -> None:
    for start in range(0, len(object_ids), BATCH):
        refresh(source, object_ids[start : start + BATCH])
