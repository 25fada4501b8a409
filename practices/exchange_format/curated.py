"""What has become of names that files may still use: topics renamed or merged, tags merged or made topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from typing import Any, NamedTuple

from practices.enums import TagChangeKind
from practices.models import TagChange
from search.folding import german_slug
from topics.enums import Shape
from topics.models import FormerTopicSlug, Reshaping, Topic


def former_topics(current: Container[int]) -> dict[str, list[int]]:
    """Ids of today's topics by the addresses and, as `german_slug` has them, the names that they, or topics
    merged into them, once had.
    """
    merges = Reshaping.objects.filter(shape=Shape.MERGE, undone_at=None)
    merged = dict(merges.values_list("source_id", "target_id"))
    found: defaultdict[str, set[int]] = defaultdict(set)
    for slug, topic_id in FormerTopicSlug.objects.values_list("slug", "topic"):
        found[slug].add(topic_id)
    recorded: Any = Topic
    names = recorded.pgh_event_model.objects.order_by().values_list("pgh_obj_id", "name").distinct()
    for topic_id, name in names:
        while topic_id not in current and topic_id in merged:
            topic_id = merged[topic_id]
        if topic_id in current:
            found[german_slug(name)].add(topic_id)
    return {slug: sorted(topics) for slug, topics in found.items() if slug}


class Became(NamedTuple):
    """Another tag by its name, or a topic."""

    tag: str
    topic_id: int | None


def former_tags() -> dict[str, Became]:
    """What tags have become, by their lower-case names, as far as it was not taken back.

    What a tag became may itself have become something else.
    """
    became: dict[str, Became] = {}
    done = TagChange.objects.filter(done_at__isnull=False, undone_at=None).order_by("done_at", "pk")
    for change in done:
        if change.kind == TagChangeKind.TOPIC and change.topic_id is None:
            continue  # the topic is gone as well
        target = change.target.lower()
        became.pop(target, None)
        for source in change.sources:
            if source.lower() != target:
                became[source.lower()] = Became(change.target, change.topic_id)
    return became
