"""Where topics stand on the map: moving them among others, retiring them and taking that back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction
from django.db.models import F, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from search.folding import SortKey
from search.tasks import refresh_topics
from topics import search_entry
from topics.actions import hold_map, put_in_order
from topics.models import MAX_DEPTH, Topic
from topics.tree import TopicNode, TopicTree

if TYPE_CHECKING:
    from accounts.models import User


class NoPlaceError(Exception):
    """A topic cannot stand there; its text says why."""


@dataclass(frozen=True)
class Place:
    """Where a topic stands among its siblings, in words for who has moved it and may not see it."""

    name: str
    number: int
    of: int
    parent: str

    @property
    def reached(self) -> str:
        """„Offene Planung“ steht jetzt an 2. Stelle von 5 unter „Bauen“."""
        if self.parent:
            text = _("„%(topic)s“ steht jetzt an %(number)d. Stelle von %(of)d unter „%(parent)s“.")
        else:
            text = _("„%(topic)s“ steht jetzt an %(number)d. Stelle von %(of)d auf der obersten Ebene.")
        return text % self._said

    @property
    def unchanged(self) -> str:
        if self.parent:
            text = _("„%(topic)s“ steht weiter an %(number)d. Stelle von %(of)d unter „%(parent)s“.")
        else:
            text = _("„%(topic)s“ steht weiter an %(number)d. Stelle von %(of)d auf der obersten Ebene.")
        return text % self._said

    @property
    def _said(self) -> dict[str, Any]:
        return {"topic": self.name, "number": self.number, "of": self.of, "parent": self.parent}


def place_of(topic_id: int) -> Place | None:
    """Where a topic stands now; None when it is gone. One query."""
    tree = TopicTree.load()
    node = tree.get(topic_id)
    if node is None:
        return None
    siblings = node.parent.children if node.parent else tree.roots
    parent = node.parent.name if node.parent else ""
    return Place(node.name, siblings.index(node) + 1, len(siblings), parent)


@transaction.atomic
def place_topic(*, topic_id: int, parent_id: int | None, before_id: int | None, by: User) -> None:
    """Put a topic with all below it under another one (None: on top), before a sibling or last.

    Raises NoPlaceError, also where one of them is gone.
    """
    hold_map()
    tree = TopicTree.load()
    node = tree.get(topic_id)
    parent = tree.get(parent_id) if parent_id is not None else None
    if node is None or (parent is None and parent_id is not None):
        raise NoPlaceError(_("Dieses Thema gibt es nicht mehr."))
    _check(node, parent)
    before = [one.id for one in (parent.children if parent else tree.roots)]
    siblings = [one for one in before if one != node.id]
    place = siblings.index(before_id) if before_id in siblings else len(siblings)
    siblings.insert(place, node.id)
    moves = node.parent is not parent
    topics = Topic.objects.in_bulk(siblings)
    if moves:
        topics[node.id].parent_id = parent_id
        topics[node.id].version += 1
        with pghistory.context(user=by.pk):
            topics[node.id].save(update_fields=["parent", "version"])
    in_order, is_reordered = [topics[one] for one in siblings], not moves and siblings != before
    put_in_order(in_order, moved=topics[node.id], by=by, is_told=is_reordered)
    if moves:
        search_entry.refresh(topics[node.id])
        refresh_topics.later(topic_ids=[node.id])


def _check(node: TopicNode, parent: TopicNode | None) -> None:
    if parent is not None and node in parent.path:
        raise NoPlaceError(_("Ein Thema kann nicht unter sich selbst stehen."))
    if parent is not None and parent.depth + node.height > MAX_DEPTH:
        raise NoPlaceError(
            _("Unter „%(parent)s“ ist kein Platz: Die Themenkarte hat höchstens drei Ebenen.")
            % {"parent": parent.name}
        )
    twins = Topic.objects.filter(parent=parent.id if parent else None, sort_name=SortKey(Value(node.name)))
    if twins.exclude(pk=node.id).exists():
        raise NoPlaceError(_("Ein Thema mit diesem Namen gibt es an dieser Stelle schon."))


@transaction.atomic
def retire_topic(*, topic: Topic, by: User) -> None:
    """Take a topic with all below it off the map; what stands under it stays."""
    _set_retired(topic, by, retired=True)


@transaction.atomic
def reinstate_topic(*, topic: Topic, by: User) -> None:
    """Put a retired topic on the map again."""
    _set_retired(topic, by, retired=False)


def _set_retired(topic: Topic, by: User, *, retired: bool) -> None:
    hold_map()
    topic.retired_on = timezone.localdate() if retired else None
    topic.version = F("version") + 1
    with pghistory.context(user=by.pk):
        topic.save(update_fields=["retired_on", "version"])
    topic.refresh_from_db()
