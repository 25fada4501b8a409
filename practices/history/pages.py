"""What the pages of the history show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import User
from practices.enums import Status, Step
from practices.history import states, timeline
from practices.history.comparison import changed_labels
from practices.history.states import State
from practices.history.timeline import Version
from practices.models import Practice
from search.paging import Cursor, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE_SIZE = 20


@dataclass(frozen=True)
class Line:
    """One version in the list: when, by whom, and what it touched."""

    number: int
    at: dt.datetime
    by: str
    what: list[str]
    is_newest: bool

    @property
    def before(self) -> int:
        """The version that it is compared with first; 0 if it is the first one."""
        return self.number - 1


@dataclass(frozen=True)
class VersionPage:
    """Some versions, the newest first, with the ways on."""

    versions: list[Line]
    paging: Page

    @classmethod
    def of(cls, practice: Practice, cursor: Cursor | None, reader: User) -> VersionPage:
        """Five queries, whatever the number of versions; six where something linked is gone."""
        versions = timeline.read(practice)
        shown = _slice(versions, cursor)
        first = shown[0].number if shown else 1
        read = states.read(versions[max(first - 2, 0) : first - 1 + len(shown)], reader)
        names = names_of(shown)
        pairs = zip([None, *read] if first == 1 else read, read if first == 1 else read[1:], strict=False)
        lines = [
            Line(
                number=newer.version.number,
                at=newer.version.at,
                by=name_of(newer.version, names),
                what=_changes(older, newer),
                is_newest=newer.version.number == len(versions),
            )
            for older, newer in pairs
        ]
        lines.reverse()
        keys = [(line.number,) for line in lines]
        return cls(
            lines,
            Page(
                ids=[line.number for line in lines],
                total=len(versions),
                first_key=keys[0] if keys else None,
                last_key=keys[-1] if keys else None,
                has_previous=bool(lines) and not lines[0].is_newest,
                has_next=bool(lines) and lines[-1].number > 1,
            ),
        )


def _slice(versions: Sequence[Version], cursor: Cursor | None) -> Sequence[Version]:
    """One page of them, the oldest first; the pages begin with the newest version."""
    key = cursor.key[0] if cursor and len(cursor.key) == 1 else None
    if cursor and isinstance(key, int) and cursor.is_backward:
        return versions[key : key + PAGE_SIZE]
    end = key - 1 if isinstance(key, int) else len(versions)
    return versions[max(end - PAGE_SIZE, 0) : max(end, 0)]


def names_of(versions: Collection[Version]) -> Mapping[int, str]:
    ids = {version.user_id for version in versions if version.user_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids).only("name", "email")}


def name_of(version: Version, names: Mapping[int, str]) -> str:
    """Who made it; "" where no person did, as for demo content."""
    if version.user_id is None:
        return ""
    return names.get(version.user_id) or _("ehemaliges Mitglied")


def _changes(older: State | None, newer: State) -> list[str]:
    if older is None:
        return [_("angelegt")]
    if newer.version.restored:
        return [_("Fassung %(number)d wiederhergestellt") % {"number": newer.version.restored}]
    labels = changed_labels(older, newer)
    if older.values["status"] != newer.values["status"]:
        step = _("Stand im Ablauf")
        stands = Status(newer.values["status"])
        said = Step.RETURNED.label if newer.version.is_return and stands == Status.DRAFT else stands.label
        labels = [str(said)] + [label for label in labels if label != step]
    return labels
