"""What the search knows of a service: everybody may find what the catalogue has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Source
from topics.models import Service
from topics.tree import TopicTree

if TYPE_CHECKING:
    from topics.ozg.querysets import ServiceQuerySet

SOURCE = 6


def refresh(service_ids: Collection[int]) -> None:
    """Bring entries in line with the services; call it in the transaction that changes them."""
    entries.refresh(SOURCE, service_ids)


def all_entries() -> Iterable[EntryData]:
    return _entries(Service.objects.current())


def entries_of(service_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(Service.objects.current().filter(pk__in=service_ids))


def _entries(services: ServiceQuerySet) -> Iterator[EntryData]:
    tree = TopicTree.load()
    for service in services.order_by("pk").iterator():
        path = tree.path(service.field_id)
        yield EntryData(
            source=SOURCE,
            object_id=service.pk,
            audience=Audience.PUBLIC,
            date=timezone.localdate(service.updated_at),
            title=service.name,
            keywords="\n".join([service.leika_key, service.ozg_id, *(node.name for node in path)]),
            body=service.description,
            topics=[node.id for node in path],
        )


SERVICES = Source(code=SOURCE, name="services", all_entries=all_entries, entries_of=entries_of)
