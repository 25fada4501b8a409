"""The topic map in memory: all topics in one query, with their ways up and down.

A map has some hundred topics at most, so reading all of it is cheaper than asking for every branch. A process
keeps the map that it has built for as long as the rows' fingerprint stays the same, since building it takes
longer than the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import connection

from search.preparing import Preparing
from topics.models import Topic, address_of

# The topic that the 14 Themenfelder of the Onlinezugangsgesetz stand under, by its address.
SERVICE_ROOT = "onlinezugangsgesetz"
FIELDS = ("id", "name", "slug", "summary", "synonyms", "depth", "parent_id", "retired_on")
# The fingerprint alone where it is known already, else the rows with it, parents before their children. It
# begins with SELECT, else pghistory sends along who makes a change.
ROWS_UNLESS_KNOWN = f"""
    SELECT fingerprint, {", ".join(FIELDS)} FROM (
        WITH map AS MATERIALIZED (SELECT {", ".join(FIELDS)}, position, sort_name FROM topics_topic),
            print AS (
                SELECT concat_ws(':', count(*), bit_xor(hash_record_extended(map, 0))) AS fingerprint
                FROM map
            )
        SELECT print.fingerprint, map.* FROM print LEFT JOIN map ON print.fingerprint <> %s
    ) AS rows ORDER BY depth, position, sort_name
"""  # noqa: S608  names of our own columns


@dataclass(eq=False, slots=True)
class TopicNode:
    """One topic with its neighbours; `depth` is 1 for a root, children are in the map's order.

    `is_retired` also below a retired one.
    """

    id: int
    name: str
    slug: str
    summary: str
    synonyms: list[str]
    depth: int
    parent: TopicNode | None = field(default=None, repr=False)
    is_retired: bool = False
    children: list[TopicNode] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of(self.slug)

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

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Build from the FIELDS of topics, parents before their children; tops of `rows` become roots."""
        self._nodes: dict[int, TopicNode] = {}
        self.roots: list[TopicNode] = []
        for topic_id, name, slug, summary, synonyms, depth, parent_id, retired_on in rows:
            parent = self._nodes.get(parent_id)
            is_retired = retired_on is not None or (parent is not None and parent.is_retired)
            node = self._nodes[topic_id] = TopicNode(
                topic_id, name, slug, summary, synonyms, depth, parent, is_retired
            )
            (parent.children if parent else self.roots).append(node)

    @classmethod
    def load(cls) -> TopicTree:
        """The whole map as it is in the database now. One query; callers must not change the nodes."""
        global _kept
        known, tree = _kept
        with Preparing(connection).cursor() as cursor:
            cursor.execute(ROWS_UNLESS_KNOWN, [known])
            rows = cursor.fetchall()
        fingerprint = rows[0][0]
        if fingerprint != known:
            tree = cls(row[1:] for row in rows if row[1] is not None)
            _kept = fingerprint, tree
        return tree

    @classmethod
    def of(cls, topics: Iterable[Topic]) -> TopicTree:
        """The part of the map that these topics make up, given parents before their children."""
        return cls(map(attrgetter(*FIELDS), topics))

    @property
    def live(self) -> Iterator[TopicNode]:
        """All topics but the retired ones, as iterating goes."""
        return (node for node in self if not node.is_retired)

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

    @property
    def service_fields(self) -> list[TopicNode]:
        """The Themenfelder of the Onlinezugangsgesetz, where the map has them."""
        return next((root.children for root in self.roots if root.slug == SERVICE_ROOT), [])

    def path(self, topic_id: int) -> list[TopicNode]:
        """From the root down to the topic; KeyError for a topic that does not exist."""
        return self._nodes[topic_id].path


# The last map that this process has built, with its fingerprint; replaced as one, so threads may share it.
_kept: tuple[str, TopicTree] = ("", TopicTree([]))
