"""A collection as one person may see it: what they may not read is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from practices.cards import Card, cards_of
from practices.enums import Status
from practices.models import BuildingBlock, Collection, CollectionItem, Practice

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Entry:
    """One thing with its note. `practice_id` is there for what can be compared."""

    pk: int
    preline: str
    title: str
    url: str
    summary: str
    state: str
    note: str
    practice_id: int | None = None


@dataclass(frozen=True)
class Contents:
    """`gone` are items that this reader may not read; the owner learns of them to take them out."""

    entries: list[Entry]
    gone: list[int]

    @property
    def comparable(self) -> int:
        return sum(entry.practice_id is not None for entry in self.entries)

    @classmethod
    def of(cls, collection: Collection, reader: User) -> Contents:
        """At most three queries, however many items there are."""
        items = list(collection.items.select_related("topic"))
        practices = _practices(items, reader)
        blocks = _blocks(items, reader)
        entries, gone = [], []
        for item in items:
            entry = _entry(item, practices, blocks)
            if entry:
                entries.append(entry)
            else:
                gone.append(item.pk)
        return cls(entries, gone if collection.owner_id == reader.pk else [])


def ids_in(items: Iterable[CollectionItem], name: str) -> list[int]:
    """Keys of the things of one kind."""
    return [key for item in items if (key := getattr(item, f"{name}_id"))]


def _practices(items: list[CollectionItem], reader: User) -> dict[int, tuple[Any, Card]]:
    if not (ids := ids_in(items, "practice")):
        return {}
    rows = list(Practice.objects.visible_to(reader).filter(pk__in=ids).for_cards())
    return {row.pk: (row, card) for row, card in zip(rows, cards_of(rows, reader), strict=True)}


def _blocks(items: list[CollectionItem], reader: User) -> dict[int, BuildingBlock]:
    if not (ids := ids_in(items, "block")):
        return {}
    rows = BuildingBlock.objects.visible_to(reader).select_related("city", "topic").filter(pk__in=ids)
    return {row.pk: row for row in rows}


def _entry(
    item: CollectionItem, practices: dict[int, tuple[Any, Card]], blocks: dict[int, BuildingBlock]
) -> Entry | None:
    if item.topic:
        topic = item.topic
        return Entry(item.pk, _("Thema"), topic.name, topic.get_absolute_url(), topic.summary, "", item.note)
    if item.block_id in blocks:
        block = blocks[item.block_id]
        preline = f"{_('Baustein')}: {block.get_kind_display()} · {block.city.name}"
        return Entry(item.pk, preline, block.title, block.get_absolute_url(), block.summary, "", item.note)
    if item.practice_id in practices:
        row, card = practices[item.practice_id]
        state = "" if row.status == Status.PUBLISHED else str(row.get_status_display())
        return Entry(item.pk, card.preline, card.title, card.url, card.summary, state, item.note, row.pk)
    return None
