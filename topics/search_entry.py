"""What the search knows of a topic: everybody may find every topic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.utils import timezone

from search import entries, synonyms
from search.entries import EntryData
from search.models import Audience
from search.sources import Source
from topics.models import Topic
from topics.tree import TopicTree
from ui.richtext import to_plain_text

SOURCE = 2


def refresh(topic: Topic) -> None:
    """Bring the entry and the synonyms in line with the topic; call it in the transaction that changes it."""
    entries.refresh(SOURCE, [topic.pk])
    synonyms.set_for(origin_of(topic.pk), [topic.name, *topic.synonyms])


def withdraw(topic_id: int) -> None:
    entries.withdraw(SOURCE, [topic_id])
    synonyms.set_for(origin_of(topic_id), [])


def origin_of(topic_id: int) -> str:
    """Whose row of synonyms it is."""
    return f"topic:{topic_id}"


def all_entries() -> Iterable[EntryData]:
    return _entries(Topic.objects.all())


def entries_of(topic_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(Topic.objects.filter(pk__in=topic_ids))


def _entries(topics: Iterable[Topic]) -> Iterator[EntryData]:
    tree = TopicTree.load()
    for topic in topics:
        path = tree.path(topic.pk)
        yield EntryData(
            source=SOURCE,
            object_id=topic.pk,
            audience=Audience.PUBLIC,
            date=timezone.localdate(topic.updated_at),
            title=topic.name,
            lead=topic.summary,
            keywords="\n".join([*topic.synonyms, *(node.name for node in path[:-1])]),
            body=to_plain_text(topic.description),
            topics=[node.id for node in path],
            known_as=topic.name,
        )


def topics_of(topic_ids: Collection[int]) -> dict[int, list[int]]:
    """Topics with all above them."""
    tree = TopicTree.load()
    return {topic_id: [node.id for node in tree.path(topic_id)] for topic_id in topic_ids if topic_id in tree}


TOPICS = Source(
    code=SOURCE, name="topics", all_entries=all_entries, entries_of=entries_of, topics_of=topics_of
)
