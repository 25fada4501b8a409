"""What has become of names that files may still use: topics renamed or merged, tags merged or made topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from typing import Any, NamedTuple

from practices.enums import TagChangeKind
from practices.models import PracticeTopic, TagChange
from search.folding import german_slug
from topics.enums import Shape
from topics.models import FormerTopicSlug, Reshaping, Topic


class Merges:
    """Which of the `current` topics a topic is now, itself or what it was merged into."""

    def __init__(self, current: Container[int]) -> None:
        self._current = current
        merges = Reshaping.objects.filter(shape=Shape.MERGE, undone_at=None)
        self._merged = dict(merges.values_list("source_id", "target_id"))

    def now(self, topic_id: int) -> int | None:
        while topic_id not in self._current and topic_id in self._merged:
            topic_id = self._merged[topic_id]
        return topic_id if topic_id in self._current else None


def former_topics(merges: Merges) -> dict[str, list[int]]:
    """Ids of today's topics by the addresses and, as `german_slug` has them, the names that they, or topics
    merged into them, once had.
    """
    found: defaultdict[str, set[int]] = defaultdict(set)
    for slug, topic_id in FormerTopicSlug.objects.values_list("slug", "topic"):
        found[slug].add(topic_id)
    recorded: Any = Topic
    names = recorded.pgh_event_model.objects.order_by().values_list("pgh_obj_id", "name").distinct()
    for topic_id, name in names:
        if (now := merges.now(topic_id)) is not None:
            found[german_slug(name)].add(now)
    return {slug: sorted(topics) for slug, topics in found.items() if slug}


def split_topics(merges: Merges) -> dict[tuple[int, int], int]:
    """Write-ups with a topic that was split, and the one that they went along into."""
    splits = Reshaping.objects.filter(shape=Shape.SPLIT).order_by("pk")
    moved = [
        (merges.now(source), merges.now(target), rows.get(PracticeTopic._meta.label, []))
        for source, target, rows in splits.values_list("source_id", "target_id", "moved")
    ]
    recorded: Any = PracticeTopic  # a later import may have written the rows anew
    events = recorded.pgh_event_model.objects.filter(
        pgh_obj_id__in=[row for *_ids, rows in moved for row in rows]
    )
    practices = dict(events.order_by().values_list("pgh_obj_id", "practice_id"))
    found: dict[tuple[int, int], int] = {}
    for source, target, rows in moved:
        if source is None or target is None or source == target:
            continue
        for practice in {practices[row] for row in rows if row in practices}:
            found.pop((practice, target), None)  # so that they never go in circles
            found[practice, source] = target
    return found


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
