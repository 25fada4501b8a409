"""Jobs that carry a change of a topic or city into the entries of the things that stand under it."""

from __future__ import annotations

from itertools import groupby

from django.db.models import QuerySet

from notifications.jobs import every, job
from search import tally
from search.entries import BATCH, refresh
from search.models import Entry


@job()
def refresh_topics(*, topic_ids: list[int]) -> None:
    """A topic was renamed, moved or given synonyms: rewrite what stands under it."""
    _refresh(Entry.objects.filter(topics__overlap=topic_ids))


@job()
def refresh_city(*, city_id: int) -> None:
    """A city was renamed: rewrite its things."""
    _refresh(Entry.objects.filter(city_id=city_id))


@every("*/5 * * * *")
def compact_tally() -> None:
    tally.compact()


def _refresh(entries: QuerySet[Entry]) -> None:
    things = list(entries.order_by("source", "object_id").values_list("source", "object_id"))
    for source, group in groupby(things, key=lambda thing: thing[0]):
        object_ids = [object_id for _source, object_id in group]
        for start in range(0, len(object_ids), BATCH):
            refresh(source, object_ids[start : start + BATCH])
