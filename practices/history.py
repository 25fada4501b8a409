"""The versions of a write-up, as the database's triggers have recorded them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from practices.enums import Status
from practices.models import Practice
from practices.sections import label_of
from search.paging import Cursor, Page

PAGE_SIZE = 20
# Bookkeeping that goes with every change and says nothing by itself.
SILENT = {
    "pgh_id",
    "pgh_created_at",
    "pgh_label",
    "pgh_obj",
    "pgh_context",
    "id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "contact_user",
    "deputy_user",
    "external_id",
    "is_demo",
    "published_at",
    "next_check_on",
}


@dataclass(frozen=True)
class Version:
    """One change: when, by whom, and what it touched."""

    at: datetime
    by: str
    what: list[str]


@dataclass(frozen=True)
class VersionPage:
    """Some versions, the newest first, with the ways on."""

    versions: list[Version]
    paging: Page

    @classmethod
    def of(cls, practice: Practice, cursor: Cursor | None) -> VersionPage:
        """Three queries: the versions, one row more to compare the last with, and the people's names."""
        rows, has_previous, has_next = _slice(practice, cursor)
        shown = rows[:PAGE_SIZE]
        names = _names(shown)
        versions = [
            Version(newer.pgh_created_at, names.get(_user_id(newer), ""), _changes(older, newer))
            for newer, older in pairwise([*rows, *([None] if len(rows) <= PAGE_SIZE else [])])
        ]
        keys = [(row.pgh_id,) for row in shown]
        return cls(
            versions,
            Page(
                ids=[row.pgh_id for row in shown],
                total=len(shown),
                first_key=keys[0] if keys else None,
                last_key=keys[-1] if keys else None,
                has_previous=has_previous,
                has_next=has_next,
            ),
        )


def _slice(practice: Practice, cursor: Cursor | None) -> tuple[list[Any], bool, bool]:
    """Up to PAGE_SIZE events and, if there is one, the next older one."""
    recorded: Any = practice
    events: QuerySet[Any] = recorded.events.select_related("pgh_context")
    key = cursor.key[0] if cursor and len(cursor.key) == 1 and isinstance(cursor.key[0], int) else None
    if cursor and key is not None and cursor.is_backward:
        newer = list(events.filter(pgh_id__gte=key).order_by("pgh_id")[: PAGE_SIZE + 2])
        rows = list(reversed(newer[: PAGE_SIZE + 1]))
        return rows, len(newer) > PAGE_SIZE + 1, True
    if key is not None:
        events = events.filter(pgh_id__lt=key)
    rows = list(events.order_by("-pgh_id")[: PAGE_SIZE + 1])
    return rows, key is not None, len(rows) > PAGE_SIZE


def _user_id(event: Any) -> int | None:
    context = event.pgh_context
    return context.metadata.get("user") if context else event.updated_by_id


def _names(events: Iterable[Any]) -> dict[int | None, str]:
    ids = {user_id for event in events if (user_id := _user_id(event))}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids).only("name", "email")}


def _changes(older: Any, newer: Any) -> list[str]:
    if older is None or newer.pgh_label == "insert":
        return [_("angelegt")]
    changed = [
        field
        for field in newer._meta.concrete_fields
        if field.name not in SILENT and getattr(older, field.attname) != getattr(newer, field.attname)
    ]
    said = [_said(field, newer) for field in changed]
    if not said and newer.version != older.version:
        return [_("Themen, Partnerstädte oder Schlagwörter")]
    return said or [_("ohne sichtbare Änderung")]


def _said(field: Any, newer: Any) -> str:
    if field.name == "status":
        return str(Status(newer.status).label)
    return label_of(field.name)
