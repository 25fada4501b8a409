"""Unsaved input: kept as one types, shown again to its author, and gone with saving or discarding.

A working copy never touches the record or its history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Func, Q, Sum
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from accounts.models import User
from practices.editing.querysets import WorkingCopyQuerySet
from practices.editing.sections import PROFILE
from practices.models import Practice, WorkingCopy

MOST_CHARACTERS = 1_000_000
MOST_NAMES = 1_000
KEPT_DAYS = 90
MOST_COPIES = 200  # of one person
MOST_TOGETHER = 20_000_000  # characters of one person, as they are stored
PASSING = {"csrfmiddlewaretoken", "do", "seen", "window"}  # what a form sends beside its fields

Values = Mapping[str, Sequence[str]]


class TooLongError(Exception):
    """More than anybody types; the form itself refuses it too."""


class TooManyError(Exception):
    """This person has begun very much and saved none of it."""


class OtherWindowError(Exception):
    """The same person has meanwhile typed something else in another window; it stays as it is."""


@dataclass(frozen=True)
class Window:
    """Who sends: its name, "" without a script, and the mark of what it has seen, None if it cannot say."""

    name: str = ""
    seen: str | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> Window:
        name, seen = sent.get("window"), sent.get("seen")
        return cls(
            _storable(name)[:36] if isinstance(name, str) else "", seen if isinstance(seen, str) else None
        )

    @property
    def known(self) -> Q:
        """What it may write over or delete: what it has sent itself or has seen."""
        if self.seen is None:
            return Q(pk__isnull=False)
        known = Q(window=self.name) if self.name else Q(pk__in=[])
        with suppress(ValueError):
            seen = parse_datetime(self.seen)
            if seen is not None and is_aware(seen):
                known |= Q(saved_at=seen)
        return known


def values_of(sent: QueryDict) -> dict[str, list[str]]:
    """The fields of a form that was sent."""
    return {name: [str(text) for text in texts] for name, texts in sent.lists() if name not in PASSING}


def keep(
    *,
    by: User,
    section: str,
    values: Values,
    practice: Practice | None = None,
    key: UUID | None = None,
    window: Window | None = None,
) -> WorkingCopy:
    """Keep what `by` has typed into a section of a write-up, or into the new one of this key.

    Raises TooLongError, TooManyError and OtherWindowError.
    """
    window = window or Window()
    plain = {
        _storable(name): [_storable(text) for text in texts]
        for name, texts in values.items()
        if name not in PASSING
    }
    length = sum(len(text) for texts in plain.values() for text in texts)
    if length > MOST_CHARACTERS or len(plain) > MOST_NAMES:
        raise TooLongError
    copy = WorkingCopy(
        author=by,
        practice=practice,
        creation_key=key,
        section=section,
        values=plain,
        saved_at=timezone.now(),
        window=window.name,
    )
    mine = WorkingCopy.objects.of(by)
    there = mine.filter(practice=practice, section=section) if practice else mine.filter(creation_key=key)
    known = there.filter(window.known | Q(values=plain))
    if known.update(values=plain, saved_at=copy.saved_at, window=copy.window):
        return copy
    if there.exists():
        raise OtherWindowError
    _require_room(mine)
    # Of two windows that begin at once the second finds the first's and leaves it as it is.
    WorkingCopy.objects.bulk_create([copy], ignore_conflicts=True)
    kept = there.filter(saved_at=copy.saved_at).first()
    if kept is None:
        raise OtherWindowError
    return kept


def _require_room(mine: WorkingCopyQuerySet) -> None:
    size = Cast(Func(F("values"), function="pg_column_size"), BigIntegerField())
    used = mine.aggregate(number=Count("pk"), size=Sum(size))
    if used["number"] >= MOST_COPIES or (used["size"] or 0) > MOST_TOGETHER:
        raise TooManyError


def _storable(text: str) -> str:
    """PostgreSQL keeps neither null bytes nor halves of characters in JSON; the form refuses them as well."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def forget(*, by: User, section: str, practice: Practice, window: Window) -> bool:
    """It is saved; False where another window has typed something else, which is still there."""
    return _forgotten(WorkingCopy.objects.of(by).filter(practice=practice, section=section), window)


def forget_new(*, by: User, key: Any, window: Window) -> bool:
    """The same for the new write-up of this key."""
    return not key or _forgotten(WorkingCopy.objects.of(by).filter(creation_key=key), window)


def _forgotten(rows: WorkingCopyQuerySet, window: Window) -> bool:
    rows.filter(window.known).delete()
    return not rows.exists()


def new_ones(author: User) -> list[WorkingCopy]:
    """Write-ups that this person has begun and never saved, the latest first."""
    mine = WorkingCopy.objects.of(author).filter(practice=None, section=PROFILE)
    return list(mine.order_by("-saved_at", "-pk"))


def forget_old() -> None:
    """Delete what nobody came back to."""
    WorkingCopy.objects.filter(saved_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
