"""A write-up with all that the editor's pages show of it, in two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from accounts.models import User
from practices.editing import presence
from practices.editing.presence import Person
from practices.editing.sections import all_reads
from practices.models import Practice, Presence, WorkingCopy
from practices.permissions import require_edit


@dataclass(frozen=True)
class Opened:
    """A write-up in the editor of one person; `kept` is their unsaved input, by section."""

    practice: Any
    kept: dict[str, WorkingCopy]
    people: list[Person]


def open_for(user: User, pk: int, *, section: str | None = None) -> Opened:
    """404 or 403 for others. The values of unsaved input come for `section` alone."""
    mine = WorkingCopy.objects.of(user).filter(practice=OuterRef("pk"))
    about_copy = JSONObject(pk="pk", section="section", saved_at="saved_at")
    about_person = JSONObject(name="user__name", since="since")
    here = Presence.objects.beside(user).filter(practice=OuterRef("pk"))
    rows = (
        Practice.objects.for_page()
        .visible_to(user)
        .prefetch_related("topic_links")
        .annotate(
            own_copies=ArraySubquery(mine.order_by("pk").values(about=about_copy)),
            own_values=Subquery(mine.filter(section=section or "").values("values")[:1]),
            people=ArraySubquery(here.values(about=about_person)),
            **all_reads(),
        )
    )
    practice: Any = get_object_or_404(rows, pk=pk)
    require_edit(user, practice)
    kept = {
        row["section"]: WorkingCopy(
            pk=row["pk"],
            practice=practice,
            section=row["section"],
            saved_at=datetime.fromisoformat(row["saved_at"]),
            values=practice.own_values if row["section"] == section else {},
        )
        for row in practice.own_copies
    }
    return Opened(practice=practice, kept=kept, people=presence.people_in(practice.people))
