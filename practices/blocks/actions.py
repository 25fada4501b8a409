"""Writes on building blocks. Each is one transaction with its search entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from accounts.models import User
from practices import search_entry as practice_entry
from practices.blocks import search_entry
from practices.blocks.enums import BlockStatus
from practices.files import quota
from practices.files.actions import store
from practices.files.checking import Checked
from practices.models import BlockPart, BlockVersion, BuildingBlock, Practice, PracticeBlock, StoredFile

FIRST = "1.0"


class BlockInUseError(Exception):
    """Write-ups use the block or cities have taken it over, so it cannot be deleted."""


class BlockGoneError(Exception):
    """Somebody deleted the block meanwhile."""


class AlreadyCreatedError(Exception):
    """A block with this key exists: the same form was sent twice."""


class VersionExistsError(Exception):
    """The block has a version of this name: somebody was quicker."""


class StepNotPossibleError(Exception):
    """The block is not where this step begins: somebody was quicker."""


@contextmanager
def _acting(by: User) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk):
        yield


def create(
    *,
    block: BuildingBlock,
    by: User,
    practice: Practice | None = None,
    upload: Checked | None = None,
    url: str = "",
) -> BuildingBlock:
    """Save a new draft with its first version, and use it in `practice`. Raises AlreadyCreatedError."""
    with _acting(by):
        block.status = BlockStatus.DRAFT
        block.created_by = block.updated_by = by
        try:
            with transaction.atomic():
                block.save()
        except IntegrityError:
            key = block.creation_key
            if key and BuildingBlock.objects.filter(creation_key=key).exists():
                raise AlreadyCreatedError from None
            raise
        version = BlockVersion.objects.create(block=block, label=FIRST)
        _add_parts(version, by, upload, url)
        if practice:
            PracticeBlock.objects.create(practice=practice, block=block)
    return block


def save(*, block: BuildingBlock, by: User, fields: Collection[str]) -> None:
    """Save `fields`; the caller holds the row and has claimed its next version."""
    with _acting(by):
        block.updated_by = by
        block.save(update_fields=[*fields, "updated_by", "updated_at", "version"])
        _refresh(block)


def publish(*, block: BuildingBlock, by: User) -> None:
    """Give a draft out, or take a retired block back into service."""
    with _acting(by):
        row = _locked(block, BlockStatus.DRAFT, BlockStatus.RETIRED)
        row.status, row.replaced_by = BlockStatus.PUBLISHED, None
        row.published_at = row.published_at or timezone.now()
        row.save(update_fields=["status", "replaced_by", "published_at"])
        _refresh(row)


def retire(*, block: BuildingBlock, by: User, replaced_by: BuildingBlock | None = None) -> None:
    """Say that it is no longer looked after. It leaves the lists; pages that use it keep it."""
    with _acting(by):
        row = _locked(block, BlockStatus.PUBLISHED)
        row.status, row.replaced_by = BlockStatus.RETIRED, replaced_by
        row.save(update_fields=["status", "replaced_by"])
        _refresh(row)


def delete(*, block: BuildingBlock, by: User) -> None:
    """Delete a block that nobody uses or has ever taken over; BlockInUseError otherwise."""
    with _acting(by):
        for row in BuildingBlock.objects.select_for_update(of=("self",)).filter(pk=block.pk):
            stored = list(StoredFile.objects.filter(block_parts__version__block=row).values_list("pk"))
            try:
                row.delete()
            except ProtectedError as error:
                raise BlockInUseError from error
            StoredFile.objects.filter(pk__in=[pk for (pk,) in stored]).update(used_at=timezone.now())
            search_entry.withdraw(block)


def add_version(*, version: BlockVersion, by: User, upload: Checked | None, url: str) -> None:
    """Give out a new version; the older ones stay. Raises VersionExistsError."""
    with _acting(by):
        _touch(version.block, by)
        try:
            with transaction.atomic():
                version.save()
        except IntegrityError:
            raise VersionExistsError from None
        _add_parts(version, by, upload, url)


def add_part(*, version: BlockVersion, by: User, upload: Checked | None, url: str, title: str) -> None:
    """One more file, or one more link, or both."""
    with _acting(by):
        _touch(version.block, by)
        _add_parts(version, by, upload, url, title)


def remove_part(*, part: BlockPart, by: User) -> None:
    with _acting(by):
        _touch(part.version.block, by)
        part.delete()
        if part.stored_id:
            StoredFile.objects.filter(pk=part.stored_id).update(used_at=timezone.now())


def use(*, block: BuildingBlock, practice: Practice, by: User) -> None:
    """Link a block to a write-up; once, however often it is asked for."""
    with _acting(by):
        if not BuildingBlock.objects.select_for_update(of=("self",)).filter(pk=block.pk).exists():
            raise BlockGoneError
        PracticeBlock.objects.get_or_create(block=block, practice=practice)
        practice_entry.refresh(practice)


def stop_using(*, block: BuildingBlock, practice: Practice, by: User) -> None:
    with _acting(by):
        for use_row in PracticeBlock.objects.filter(block=block, practice=practice):
            use_row.delete()
        practice_entry.refresh(practice)


def _refresh(block: BuildingBlock) -> None:
    """The entries of the block, and of the write-ups that are found by its kind."""
    search_entry.refresh(block)
    practice_entry.refresh_many(list(block.uses.values_list("practice_id", flat=True)))


def _locked(block: BuildingBlock, *allowed: BlockStatus) -> BuildingBlock:
    rows = BuildingBlock.objects.select_related("city").select_for_update(of=("self",))
    row = rows.filter(pk=block.pk).first()
    if row is None or row.status not in allowed:
        raise StepNotPossibleError
    return row


def _add_parts(version: BlockVersion, by: User, upload: Checked | None, url: str, title: str = "") -> None:
    """A file that the version has already is not added again."""
    last = version.parts.aggregate(last=Max("position"))["last"] or 0
    if upload:
        quota.require(by=by, size=upload.content.size)
        BlockPart.objects.get_or_create(
            version=version,
            stored=store(checked=upload),
            defaults={
                "title": title,
                "original_name": upload.name,
                "uploaded_by": by,
                "position": last + 1,
            },
        )
    if url:
        titled = "" if upload else title
        BlockPart.objects.create(version=version, url=url, title=titled, uploaded_by=by, position=last + 2)


def _touch(block: BuildingBlock, by: User) -> None:
    """Say who changed it last; BlockGoneError if it was deleted meanwhile, and hold it from here on."""
    if not BuildingBlock.objects.select_for_update(of=("self",)).filter(pk=block.pk).exists():
        raise BlockGoneError
    block.updated_by = by
    block.save(update_fields=["updated_by", "updated_at"])
