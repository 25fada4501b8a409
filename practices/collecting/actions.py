"""Writes of collections. Only their owner changes them; each change locks the collection.

Those of a collection that is gone meanwhile raise Collection.DoesNotExist.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from practices.collecting.mails import tell_reader
from practices.models import BuildingBlock, Collection, CollectionItem, CollectionReader, Practice
from practices.models.collecting import MOST_ITEMS, Audience
from topics.models import Topic

MOST_COLLECTIONS = 50
MOST_READERS = 50

Thing = Practice | BuildingBlock | Topic
FIELDS: dict[type[Any], str] = {Practice: "practice", BuildingBlock: "block", Topic: "topic"}


class TooManyError(Exception):
    """The cap of collections, of items in one, or of people who read it."""


class AlreadyKeptError(Exception):
    """It stands in this collection."""


def field_of(thing: Thing) -> str:
    """The column of an item that holds such a thing."""
    return FIELDS[type(thing)]


@transaction.atomic
def begin(*, title: str, by: User, intro: str = "") -> Collection:
    """A new collection, for its owner alone. Raises TooManyError."""
    User.objects.select_for_update().get(pk=by.pk)  # one after the other, so that none slips past the count
    if Collection.objects.of(by).count() >= MOST_COLLECTIONS:
        raise TooManyError
    return Collection.objects.create(owner=by, title=title, intro=intro)


@transaction.atomic
def keep(*, thing: Thing, collection: Collection, by: User, note: str = "") -> CollectionItem:
    """Put something at the end. Raises AlreadyKeptError or TooManyError."""
    _locked(collection, by)
    number = _close_gaps(collection)
    if number >= MOST_ITEMS:
        raise TooManyError
    try:
        with transaction.atomic():
            item = CollectionItem.objects.create(
                collection=collection, note=note, position=number, **{field_of(thing): thing}
            )
    except IntegrityError:
        raise AlreadyKeptError from None
    _changed(collection)
    return item


@transaction.atomic
def take_out(*, item: CollectionItem, by: User) -> None:
    """Remove something; what stood behind it moves up."""
    collection = _locked(item.collection, by)
    item.delete()
    _close_gaps(collection)
    _changed(collection)


@transaction.atomic
def move(*, item: CollectionItem, places: int, by: User) -> None:
    """Move something by so many places, up where negative, as far as there are places; not what is gone."""
    collection = _locked(item.collection, by)
    rows = list(collection.items.all())
    old = next((place for place, row in enumerate(rows) if row.pk == item.pk), None)
    if old is None:
        return
    new = min(max(old + places, 0), len(rows) - 1)
    rows.insert(new, rows.pop(old))
    _place(rows)
    _changed(collection)


@transaction.atomic
def share(*, collection: Collection, audience: Audience, by: User) -> None:
    """Say who may read it. Named people stay named while it is open to all or to nobody."""
    locked = _locked(collection, by)
    locked.audience = audience
    locked.save(update_fields=["audience", "updated_at"])


@transaction.atomic
def name_reader(*, collection: Collection, person: User, by: User) -> bool:
    """Let somebody read it, who is told by mail; False where they could already. Raises TooManyError."""
    locked = _locked(collection, by)
    if locked.readers.count() >= MOST_READERS:
        raise TooManyError
    _reader, is_new = CollectionReader.objects.get_or_create(collection=locked, person=person)
    if locked.audience == Audience.OWNER:
        locked.audience = Audience.NAMED
        locked.save(update_fields=["audience", "updated_at"])
    if is_new:
        tell_reader(locked, person, by=by)
    return is_new


def _locked(collection: Collection, by: User) -> Collection:
    """The row as it is now; others' collections are not there."""
    return Collection.objects.select_for_update().get(pk=collection.pk, owner=by)


def _close_gaps(collection: Collection) -> int:
    """How many there are, then; things also vanish by themselves, when what they stand for is deleted."""
    rows = list(collection.items.all())
    _place(rows)
    return len(rows)


def _place(rows: list[CollectionItem]) -> None:
    moved = [row for place, row in enumerate(rows) if row.position != place]
    for place, row in enumerate(rows):
        row.position = place
    CollectionItem.objects.bulk_update(moved, ["position"])


def _changed(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).update(updated_at=timezone.now())
