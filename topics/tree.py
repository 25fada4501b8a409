"""The topic map in memory: all topics in one query, with their ways up and down.

A map has some hundred topics at most, so reading all of it is cheaper than asking for every branch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from topics.models import Topic


@dataclass(eq=False, slots=True)
class TopicNode:
    """One topic with its neighbours; `depth` is 1 for a root, children are in the map's order."""

    id: int
    name: str
    slug: str
    summary: str
    synonyms: list[str]
    depth: int
    parent: TopicNode | None = field(default=None, repr=False)
    children: list[TopicNode] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topics:detail", args=[self.slug])

    @property
    def path(self) -> list[TopicNode]:
        """From the root down to this topic."""
        return [*self.parent.path, self] if self.parent else [self]

    @property
    def branch(self) -> Iterator[TopicNode]:
        """This topic and all below it, depth first."""
        yield self
        for child in self.children:
            yield from child.branch

    @property
    def height(self) -> int:
        """Number of levels of this branch; 1 without sub-topics."""
        return 1 + max((child.height for child in self.children), default=0)


class TopicTree:
    """The whole map; iterating goes depth first in the map's order."""

    def __init__(self, nodes: dict[int, TopicNode]) -> None:
        self._nodes = nodes
        self.roots = [node for node in nodes.values() if node.parent is None]

    @classmethod
    def load(cls) -> TopicTree:
        """Read all topics with one query."""
        nodes: dict[int, TopicNode] = {}
        rows = Topic.objects.order_by("depth", "position", "sort_name").values_list(
            "id", "name", "slug", "summary", "synonyms", "depth", "parent_id"
        )
        for topic_id, name, slug, summary, synonyms, depth, parent_id in rows:
            parent = nodes[parent_id] if parent_id else None
            node = TopicNode(topic_id, name, slug, summary, synonyms, depth, parent)
            nodes[topic_id] = node
            if parent:
                parent.children.append(node)
        return cls(nodes)

    def __iter__(self) -> Iterator[TopicNode]:
        for root in self.roots:
            yield from root.branch

    def __len__(self) -> int:
        return len(self._nodes)

    def __contains__(self, topic_id: object) -> bool:
        return topic_id in self._nodes

    def __getitem__(self, topic_id: int) -> TopicNode:
        return self._nodes[topic_id]

    def get(self, topic_id: int) -> TopicNode | None:
        return self._nodes.get(topic_id)

    def path(self, topic_id: int) -> list[TopicNode]:
        """From the root down to the topic; KeyError for a topic that does not exist."""
        return self._nodes[topic_id].path

    def ancestor_ids(self, topic_id: int) -> list[int]:
        """The topic and all above it, root first; KeyError for a topic that does not exist."""
        return [node.id for node in self.path(topic_id)]

    def descendant_ids(self, topic_id: int) -> list[int]:
        """The topic and all below it; KeyError for a topic that does not exist."""
        return [node.id for node in self._nodes[topic_id].branch]
