"""A collection as XLSX: one row a thing, to sort and to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from documents.spreadsheets import Link, Sheet, workbook
from practices.collecting.contents import Contents, Entry
from practices.comparing.criteria import in_columns
from practices.models import Collection
from practices.profile import Profile

if TYPE_CHECKING:
    from accounts.models import User

WIDTHS = [6, 30, 44, 44, 30]


def table(collection: Collection, reader: User) -> bytes:
    """What this reader sees of it; four queries, however many rows."""
    contents = Contents.whole(collection, reader)
    criteria = in_columns()
    head = [_("Nr."), _("Was"), _("Titel"), _("In einem Satz"), _("Notiz")]
    rows = [
        [*_begin(number, entry), *_rest(contents.practices.get(entry.practice_id or 0), criteria, reader)]
        for number, entry in enumerate(contents.entries, 1)
    ]
    sheet = Sheet(collection.title, [*head, *(str(one.label) for one in criteria)], rows, WIDTHS)
    return workbook([sheet], title=collection.title)


def _begin(number: int, entry: Entry) -> list[Any]:
    link = Link(entry.title, f"{settings.BASE_URL}{entry.url}")
    return [number, entry.preline.partition(" · ")[0], link, entry.summary, entry.note]


def _rest(practice: Any, criteria: list[Any], reader: User) -> list[Any]:
    if practice is None:
        return ["" for _criterion in criteria]
    profile = Profile.of(practice, reader)
    return [criterion.cell_of(practice, profile) for criterion in criteria]
