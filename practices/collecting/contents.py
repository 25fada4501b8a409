"""A collection as one person may see it: what they may not read is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from practices.enums import Status
from practices.models import BuildingBlock, Collection, CollectionItem, Practice
from practices.permissions import can_see_city
from practices.reading import several_for
from topics.models import Topic

if TYPE_CHECKING:
    from accounts.models import User

Practices = dict[int, Any]
Read = Callable[[list[int]], Iterable[Any]]


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
    """`gone` are items that this reader may not read; the owner learns of them to take them out.

    `practices` are the write-ups behind the entries, by number.
    """

    entries: list[Entry]
    gone: list[int]
    practices: Practices

    @property
    def comparable(self) -> int:
        return sum(entry.practice_id is not None for entry in self.entries)

    @classmethod
    def of(cls, collection: Collection, reader: User) -> Contents:
        """At most three queries, however many items there are."""
        return cls._of(collection, reader, partial(_in_short, reader))

    @classmethod
    def whole(cls, collection: Collection, reader: User, *, with_partners: bool = False) -> Contents:
        """With write-ups as `practices.profile.Profile.of` needs them; a query or two more."""
        return cls._of(collection, reader, partial(several_for, reader, with_partners=with_partners))

    @classmethod
    def _of(
        cls, collection: Collection, reader: User, read: Callable[[list[int]], Iterable[Any]]
    ) -> Contents:
        items = list(collection.items.select_related("topic"))
        ids = [item.practice_id for item in items if item.practice_id]
        practices = {row.pk: row for row in read(ids)} if ids else {}
        blocks = _blocks(items, reader)
        entries, gone = [], []
        for item in items:
            entry = _entry(item, practices, blocks, reader)
            if entry:
                entries.append(entry)
            else:
                gone.append(item.pk)
        return cls(entries, gone if collection.owner_id == reader.pk else [], practices)


def _in_short(reader: User, ids: list[int]) -> Iterable[Any]:
    return Practice.objects.visible_to(reader).filter(pk__in=ids).for_cards()


def _blocks(items: list[CollectionItem], reader: User) -> dict[int, BuildingBlock]:
    if not (ids := [item.block_id for item in items if item.block_id]):
        return {}
    rows = BuildingBlock.objects.visible_to(reader).select_related("city").filter(pk__in=ids)
    return {row.pk: row for row in rows}


def _entry(
    item: CollectionItem, practices: Practices, blocks: dict[int, BuildingBlock], reader: User
) -> Entry | None:
    thing: Any = item.topic or blocks.get(item.block_id or 0) or practices.get(item.practice_id or 0)
    if thing is None:
        return None
    return Entry(
        pk=item.pk,
        preline=_preline(thing, reader),
        title=str(thing),
        url=thing.get_absolute_url(),
        summary=thing.summary,
        state=_state(thing),
        note=item.note,
        practice_id=item.practice_id,
    )


def _preline(thing: Any, reader: User) -> str:
    if isinstance(thing, Topic):
        return _("Thema")
    kind = thing.get_kind_display()
    if isinstance(thing, BuildingBlock):
        return f"{_('Baustein')}: {kind} · {thing.city.name}"
    return f"{kind} · {thing.city.name if can_see_city(reader, thing) else _('eine Stadt im Netzwerk')}"


def _state(thing: Any) -> str:
    """Where a write-up stands, unless it is published like most."""
    is_published = not isinstance(thing, Practice) or thing.status == Status.PUBLISHED
    return "" if is_published else str(thing.get_status_display())
