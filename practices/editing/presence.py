"""Who else has a write-up open in the editor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices.editing.moments import clock
from practices.models import Practice, Presence

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """Somebody who is here too."""

    name: str
    since: datetime


def note(*, user: User, practice: Practice) -> None:
    """This person has the write-up open now. Who was away for a while has come anew."""
    now = timezone.now()
    mine = Presence.objects.filter(user=user, practice=practice)
    if not mine.here().update(seen_at=now):
        Presence.objects.bulk_create(
            [Presence(user=user, practice=practice, since=now, seen_at=now)],
            update_conflicts=True,
            unique_fields=["user", "practice"],
            update_fields=["since", "seen_at"],
        )


def others(*, user: User, practice: Practice) -> list[Person]:
    rows = Presence.objects.beside(user).filter(practice=practice)
    return [Person(name, since) for name, since in rows.values_list("user__name", "since")]


def people_in(rows: Iterable[dict[str, Any]]) -> list[Person]:
    """From what `practices.editing.reading` has read along."""
    return [Person(row["name"], datetime.fromisoformat(row["since"])) for row in rows]


def sentence(people: list[Person]) -> str:
    """„Gerade auch hier: Verena Weber, seit 14:20 Uhr“; "" when nobody is."""
    if not people:
        return ""
    named = [
        _("%(name)s, seit %(clock)s") % {"name": person.name, "clock": clock(person.since)}
        for person in people
    ]
    return _("Gerade auch hier: %(people)s") % {"people": "; ".join(named)}


def forget_old() -> None:
    Presence.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()
