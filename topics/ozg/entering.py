"""Writing what a city says, many services at once, so that nobody's entry overwrites another's unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pghistory
from django.db import transaction

from cities.models import City
from topics.models import Service, ServiceProgress

if TYPE_CHECKING:
    from accounts.models import User


class Said(NamedTuple):
    """What a city says about one service."""

    state: str
    model_version: str = ""
    maturity: int | None = None
    way: str = ""
    office: str = ""
    email: str = ""

    @classmethod
    def of(cls, row: ServiceProgress | None) -> Said | None:
        return cls(*(getattr(row, name) for name in cls._fields)) if row is not None else None


class Entry(NamedTuple):
    """What somebody wants to stand there (None: nothing), and what they saw when they began."""

    said: Said | None
    base: str


@dataclass
class Outcome:
    """Numbers, and by service what others have written meanwhile where both changed it."""

    saved: int = 0
    removed: int = 0
    conflicts: dict[int, ServiceProgress | None] = field(default_factory=dict)


def fingerprint(said: Said | None) -> str:
    """Tells two entries apart; the same for the same."""
    text = "" if said is None else "\x1f".join("" if part is None else str(part) for part in said)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def enter(*, city: City, entries: Mapping[int, Entry], by: User) -> Outcome:
    """Write what its author changed, by service id; what others changed meanwhile is a conflict and stays."""
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # one at a time for each city
    # An import may be removing a service just now; what is gone is left out.
    services = Service.objects.filter(pk__in=entries).order_by("pk").select_for_update(no_key=True)
    there = set(services.values_list("pk", flat=True))
    rows = {row.service_id: row for row in ServiceProgress.objects.filter(city=city, service__in=entries)}
    outcome = Outcome()
    with pghistory.context(user=by.pk):
        for service_id, entry in entries.items():
            if service_id not in there:
                continue
            row = rows.get(service_id)
            now, mine = fingerprint(Said.of(row)), fingerprint(entry.said)
            if mine in {entry.base, now}:
                continue
            if now != entry.base:
                outcome.conflicts[service_id] = row
            elif entry.said is not None:
                _write(row or ServiceProgress(city=city, service_id=service_id), entry.said)
                outcome.saved += 1
            elif row is not None:
                row.delete()
                outcome.removed += 1
    return outcome


def _write(row: ServiceProgress, said: Said) -> None:
    for name, value in said._asdict().items():
        setattr(row, name, value)
    if row.pk:
        row.version += 1
    row.is_demo = False
    row.save()
