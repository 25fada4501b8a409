"""The 14 Themenfelder of the OZG as topics of the map.

They stand under one root, which is known by its address or by its children: the topic that has most of the
official names below it. A Themenfeld that was renamed is still found by its place, and by its former name if
that is a synonym.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import TYPE_CHECKING

from django.db.models import Max

from topics import search_entry
from topics.models import FormerTopicSlug, Topic
from topics.ozg.names import OFFICIAL, ROOT, ROOT_SLUG, key_of
from topics.tree import TopicTree

if TYPE_CHECKING:
    from topics.tree import TopicNode

FEWEST = 3  # official names below a topic by which it counts as the root


KEYS = {key_of(name): name for name in OFFICIAL}


class Fields:
    """The Themenfelder of a map. One query, for the map itself."""

    def __init__(self, tree: TopicTree | None = None) -> None:
        self.tree = tree or TopicTree.load()
        self.root = self._root()
        self.nodes: list[TopicNode] = list(self.root.children) if self.root else []
        self._by_key: dict[str, TopicNode] = {}
        for node in self.nodes:
            for word in node.synonyms:
                self._by_key.setdefault(key_of(word), node)
        self._by_key |= {key_of(node.name): node for node in self.nodes}

    def __iter__(self) -> Iterator[TopicNode]:
        return iter(self.nodes)

    def __contains__(self, topic_id: object) -> bool:
        return any(node.id == topic_id for node in self.nodes)

    def named(self, name: str) -> TopicNode | None:
        return self._by_key.get(key_of(name))

    def _root(self) -> TopicNode | None:
        def official(node: TopicNode) -> int:
            return sum(key_of(child.name) in KEYS for child in node.children)

        if known := next((node for node in self.tree if node.slug == ROOT_SLUG), None):
            return known
        best = max(self.tree, key=official, default=None)
        return best if best is not None and official(best) >= FEWEST else None


def create_missing(names: Iterable[str]) -> list[str]:
    """Put these official Themenfelder on the map; the first that come make their root. Returns their names.

    The caller holds the map (`topics.actions.hold_map`).
    """
    fields = Fields()
    wanted = [KEYS[key_of(name)] for name in names if key_of(name) in KEYS and fields.named(name) is None]
    if not wanted:
        return []
    if fields.root is not None:
        root = Topic.objects.get(pk=fields.root.id)
    else:
        wanted = list(OFFICIAL)
        root = _create(ROOT, ROOT_SLUG, None)
    for name in dict.fromkeys(wanted):
        _create(name, f"ozg-{key_of(name)}", root)
    return list(dict.fromkeys(wanted))


def _create(name: str, slug: str, parent: Topic | None) -> Topic:
    siblings = Topic.objects.filter(parent=parent)
    if known := siblings.filter(name=name).first():
        return known
    last = siblings.aggregate(last=Max("position"))["last"]
    taken = set(Topic.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    taken.update(FormerTopicSlug.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    ways = chain([slug], (f"{slug}-{number}" for number in count(2)))
    free = next(way for way in ways if way not in taken)
    topic = Topic.objects.create(
        name=name, slug=free, parent=parent, position=0 if last is None else last + 1
    )
    search_entry.refresh(topic)
    return topic
