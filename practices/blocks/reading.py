"""A building block as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from practices.blocks import permissions
from practices.blocks.enums import BlockStatus, Licence
from practices.blocks.licences import TERMS, Terms
from practices.blocks.querysets import visible_blocks
from practices.enums import Status
from practices.files.kinds import LABELS
from practices.models import BlockPart, BlockVersion, BuildingBlock, PracticeBlock
from practices.permissions import can_see_city

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.blocks.querysets import PracticeBlockQuerySet

MOST_USES = 20


@dataclass(frozen=True)
class Part:
    """A file or a link with what there is to know before one gets it; `size` in bytes, 0 for links."""

    pk: int
    title: str
    url: str
    kind: str
    size: int


@dataclass(frozen=True)
class Version:
    row: BlockVersion
    parts: list[Part]


@dataclass(frozen=True)
class Use:
    """A write-up that uses the block; `city` is empty where it is hidden, `state` once it is published."""

    title: str
    url: str
    city: str
    state: str


@dataclass(frozen=True)
class BlockPage:
    """What the page shows; four queries."""

    versions: list[Version]
    uses: list[Use]
    more_uses: int
    terms: Terms
    replacement: BuildingBlock | None
    can_edit: bool
    can_decide: bool
    can_delete: bool

    @classmethod
    def of(cls, block: BuildingBlock, reader: User | AnonymousUser) -> BlockPage:
        readable = PracticeBlock.objects.readable_uses(block, reader)
        uses = _uses(readable, reader)
        return cls(
            versions=versions_of(block),
            uses=uses[:MOST_USES],
            more_uses=readable.count() - MOST_USES if len(uses) > MOST_USES else 0,
            terms=TERMS[Licence(block.licence)],
            replacement=_replacement(block, reader),
            can_edit=permissions.can_edit(reader, block),
            can_decide=permissions.can_decide(reader, block),
            can_delete=permissions.can_delete(reader, block),
        )


def versions_of(block: BuildingBlock) -> list[Version]:
    """The newest first."""
    rows = list(block.versions.all())
    parts: dict[int, list[Part]] = {row.pk: [] for row in rows}
    for part in BlockPart.objects.filter(version__in=rows).select_related("stored", "version"):
        parts[part.version_id].append(_shown(part))
    return [Version(row, parts[row.pk]) for row in rows]


def _shown(part: BlockPart) -> Part:
    stored = part.stored
    return Part(
        pk=part.pk,
        title=str(part),
        url=part.address,
        kind=str(LABELS[stored.extension]) if stored else "",
        size=stored.size if stored else 0,
    )


def _uses(readable: PracticeBlockQuerySet, reader: User | AnonymousUser) -> list[Use]:
    """Without the write-ups' long texts, and one more than is shown."""
    rows = readable.select_related("practice__city").only(
        "block", "practice__title", "practice__visibility", "practice__status", "practice__city__name"
    )
    newest = rows.order_by("-practice__published_at", "-pk")[: MOST_USES + 1]
    practices = [row.practice for row in newest]
    return [
        Use(
            title=practice.title,
            url=practice.get_absolute_url(),
            city=practice.city.name if can_see_city(reader, practice) else "",
            state="" if practice.status == Status.PUBLISHED else practice.get_status_display(),
        )
        for practice in practices
    ]


def _replacement(block: BuildingBlock, reader: User | AnonymousUser) -> BuildingBlock | None:
    if block.status != BlockStatus.RETIRED or block.replaced_by_id is None:
        return None
    return BuildingBlock.objects.filter(visible_blocks(reader), pk=block.replaced_by_id).first()
