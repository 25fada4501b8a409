"""Unsaved input: kept as one types, shown again to its author, and gone with saving or discarding.

A working copy never touches the record or its history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from practices.editing.sections import PROFILE
from practices.models import Practice, WorkingCopy

MOST_CHARACTERS = 1_000_000
MOST_NAMES = 1_000
KEPT_DAYS = 90
PASSING = {"csrfmiddlewaretoken", "do"}  # what a form sends beside its fields

Values = Mapping[str, Sequence[str]]


class TooLongError(Exception):
    """More than anybody types; the form itself refuses it too."""


def values_of(sent: QueryDict) -> dict[str, list[str]]:
    """The fields of a form that was sent."""
    return {name: [str(text) for text in texts] for name, texts in sent.lists() if name not in PASSING}


def keep(
    *, by: User, section: str, values: Values, practice: Practice | None = None, key: UUID | None = None
) -> WorkingCopy:
    """Keep what `by` has typed into a section of a write-up, or into the new one of this key. One query."""
    plain = {
        _storable(name): [_storable(text) for text in texts]
        for name, texts in values.items()
        if name not in PASSING
    }
    length = sum(len(text) for texts in plain.values() for text in texts)
    if length > MOST_CHARACTERS or len(plain) > MOST_NAMES:
        raise TooLongError
    copy = WorkingCopy(
        author=by, practice=practice, creation_key=key, section=section, values=plain, saved_at=timezone.now()
    )
    thing = ["author", "practice", "section"] if practice else ["author", "creation_key"]
    WorkingCopy.objects.bulk_create(
        [copy], update_conflicts=True, unique_fields=thing, update_fields=["values", "saved_at"]
    )
    return copy


def _storable(text: str) -> str:
    """PostgreSQL keeps neither null bytes nor halves of characters in JSON; the form refuses them as well."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def forget(*, by: User, section: str, practice: Practice) -> None:
    """It is saved, or nobody wants it."""
    WorkingCopy.objects.of(by).filter(practice=practice, section=section).delete()


def forget_new(*, by: User, key: Any) -> None:
    """The new write-up of this key is saved."""
    if key:
        WorkingCopy.objects.of(by).filter(creation_key=key).delete()


def new_ones(author: User) -> list[WorkingCopy]:
    """Write-ups that this person has begun and never saved, the latest first."""
    mine = WorkingCopy.objects.of(author).filter(practice=None, section=PROFILE)
    return list(mine.order_by("-saved_at", "-pk"))


def forget_old() -> None:
    """Delete what nobody came back to."""
    WorkingCopy.objects.filter(saved_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
