"""What the search knows of a request and of what others have answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.utils import timezone

from exchange.enums import RequestVisibility
from exchange.models import Request
from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Source
from topics.tree import TopicTree

if TYPE_CHECKING:
    from exchange.querysets import RequestQuerySet

SOURCE = 7
BATCH = 500


def refresh(request: Request) -> None:
    """Bring the entry in line with the request; call it in the transaction that changes it or an answer."""
    entries.enter(entries_of([request.pk]))


def withdraw(request_ids: Iterable[int]) -> None:
    entries.withdraw(SOURCE, request_ids)


def all_entries() -> Iterable[EntryData]:
    return _entries(Request.objects.all())


def entries_of(request_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(Request.objects.filter(pk__in=request_ids))


def topics_of(request_ids: Collection[int]) -> dict[int, list[int]]:
    """The topics of requests with all above them."""
    tree = TopicTree.load()
    rows = Request.objects.filter(pk__in=request_ids).values_list("pk", "topic")
    return {request_id: [node.id for node in tree.path(topic_id)] for request_id, topic_id in rows}


def _entries(requests: RequestQuerySet) -> Iterator[EntryData]:
    tree = TopicTree.load()
    answered = StringAgg("answers__text", delimiter=Value("\n"), order_by="answers__pk", default=Value(""))
    rows: Any = requests.select_related("city").annotate(answered=answered).order_by("pk")
    for request in rows.iterator(chunk_size=BATCH):
        nodes = tree.path(request.topic_id)
        words = [word for node in nodes for word in (node.name, *node.synonyms)]
        is_public = request.visibility == RequestVisibility.PUBLIC
        yield EntryData(
            source=SOURCE,
            object_id=request.pk,
            audience=Audience.PUBLIC if is_public else Audience.NETWORK,
            date=timezone.localdate(request.created_at),
            title=request.title,
            keywords="\n".join([*words, *([request.city.name] if request.city else [])]),
            body=f"{request.text}\n{request.answered}",
            city_id=request.city_id,
            topics=[node.id for node in nodes],
        )


REQUESTS = Source(
    code=SOURCE, name="requests", all_entries=all_entries, entries_of=entries_of, topics_of=topics_of
)
