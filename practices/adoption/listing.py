"""Adoptions in a list: of a city, of a person's cities, of the coordination."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from practices.adoption.changes import Reason, reasons_for
from practices.adoption.enums import Stage
from practices.adoption.numbers import lines_of
from practices.adoption.permissions import can_confirm_for, confirming_city_ids
from practices.adoption.reading import TONES, Subject, Trust, is_anonymous, subject_of, trust_in
from practices.figures.reading import Line
from practices.partial_dates import display

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Adoption


@dataclass(frozen=True)
class Listed:
    """One row."""

    pk: int
    version: int
    url: str
    city: str
    city_url: str
    subject: Subject
    label: str
    tone: str
    since: str
    trust: Trust
    entered_on: dt.datetime
    is_withdrawn: bool
    is_overdue: bool
    is_demo: bool
    waits_for_me: bool
    can_confirm: bool
    is_to_connect: bool
    numbers: tuple[Line, ...]
    reason: Reason | None


def listed(adoptions: Iterable[Adoption], reader: User | AnonymousUser) -> list[Listed]:
    """`adoptions` come from `for_page()` with their numbers, or from `compact.adoption_of`."""
    rows, own = list(adoptions), confirming_city_ids(reader)
    reasons = reasons_for(row for row in rows if can_confirm_for(reader, row.city_id))
    return [_row(row, reader, own, reasons.get(row.pk)) for row in rows]


def _row(adoption: Adoption, reader: User | AnonymousUser, own: list[int], reason: Reason | None) -> Listed:
    stage = Stage(adoption.stage)
    is_withdrawn = adoption.withdrawn_at is not None
    waits = not is_withdrawn and (adoption.confirmed_on is None or adoption.is_overdue)
    can_confirm = waits and can_confirm_for(reader, adoption.city_id)
    return Listed(
        pk=adoption.pk,
        version=adoption.version,
        url=adoption.get_absolute_url(),
        city=adoption.city.name,
        city_url=adoption.city.get_absolute_url(),
        subject=subject_of(adoption, reader),
        label=str(stage.label),
        tone=TONES[stage],
        since=display(adoption.since),
        trust=trust_in(adoption),
        entered_on=adoption.created_at,
        is_withdrawn=is_withdrawn,
        is_overdue=adoption.is_overdue,
        is_demo=adoption.is_demo,
        waits_for_me=waits and adoption.city_id in own,
        can_confirm=can_confirm,
        numbers=tuple(lines_of(adoption, adoption.figures_read_along)) if can_confirm else (),
        reason=reason if can_confirm else None,
        is_to_connect=not is_withdrawn and is_anonymous(adoption) and adoption.connected_on is None,
    )
