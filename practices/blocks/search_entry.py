"""What the search knows of a building block. Only published ones have an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from practices.blocks.enums import MARKS, BlockKind, BlockVisibility
from practices.models import BuildingBlock
from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Source
from topics.tree import TopicTree
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from practices.blocks.querysets import BuildingBlockQuerySet

SOURCE = 4
BATCH = 500


def refresh(block: BuildingBlock) -> None:
    """Bring the entry in line with the block; call it in the transaction that changes the block."""
    found = list(entries_of([block.pk]))
    if found:
        entries.enter(found)
    else:
        withdraw(block)


def withdraw(block: BuildingBlock) -> None:
    entries.withdraw(SOURCE, [block.pk])


def all_entries() -> Iterable[EntryData]:
    return _entries(BuildingBlock.objects.published())


def entries_of(block_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(BuildingBlock.objects.published().filter(pk__in=block_ids))


def _entries(blocks: BuildingBlockQuerySet) -> Iterator[EntryData]:
    tree = TopicTree.load()
    for block in blocks.select_related("city").order_by("pk").iterator(chunk_size=BATCH):
        yield entry_of(block, tree)


def topics_of(block_ids: Collection[int]) -> dict[int, list[int]]:
    """The topics of blocks with all above them."""
    tree = TopicTree.load()
    rows = BuildingBlock.objects.filter(pk__in=block_ids).values_list("pk", "topic")
    return {block_id: [node.id for node in tree.path(topic_id)] for block_id, topic_id in rows}


def entry_of(block: BuildingBlock, tree: TopicTree) -> EntryData:
    assert block.published_at is not None  # noqa: S101  a constraint says so for published ones
    nodes = tree.path(block.topic_id)
    words = [word for node in nodes for word in (node.name, *node.synonyms)]
    words += [str(block.get_kind_display()), block.licence_name, block.city.name]
    is_public = block.visibility == BlockVisibility.PUBLIC
    return EntryData(
        source=SOURCE,
        object_id=block.pk,
        audience=Audience.PUBLIC if is_public else Audience.NETWORK,
        date=timezone.localdate(block.published_at),
        title=block.title,
        keywords="\n".join(words),
        lead=block.summary,
        body=to_plain_text(block.description),
        city_id=block.city_id,
        topics=[node.id for node in nodes],
        marks=[MARKS[BlockKind(block.kind)]],
        uses=block.adopters,
    )


BLOCKS = Source(
    code=SOURCE, name="blocks", all_entries=all_entries, entries_of=entries_of, topics_of=topics_of
)
