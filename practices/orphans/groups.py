"""The orphans of a city as a page shows them: together where the same person left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accounts.models import User
from cities.models import City
from practices.models import Practice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 100


@dataclass
class Group:
    """Write-ups of one city that one person left behind; `person` is None where no contact is given."""

    city: City
    person: User | None
    practices: list[Practice] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.city.pk}-{self.person.pk if self.person else 0}"


def orphan_groups(user: User | AnonymousUser) -> list[Group]:
    """Up to MOST orphans that this person may hand over, in groups. One query."""
    rows = Practice.objects.orphaned_for(user).select_related("city", "contact_user")
    groups: dict[tuple[int, int | None], Group] = {}
    for practice in rows.order_by("city__sort_name", "contact_user_id", "pk")[:MOST]:
        key = practice.city_id, practice.contact_user_id
        groups.setdefault(key, Group(practice.city, practice.contact_user)).practices.append(practice)
    return list(groups.values())
