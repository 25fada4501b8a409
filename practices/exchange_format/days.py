"""The days of a write-up's life: what a file may say of them, and what the portal knows better."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from practices.checks import months_later, next_check

if TYPE_CHECKING:
    from practices.models import Practice

EARLIEST_YEAR = 1900  # as for the beginning of an undertaking
MONTHS_AHEAD = 60  # for a check; networks that look each year or every other are far from it
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
CHECKS = ("confirmed_on", "next_check_on")


def written(value: Any) -> Any:
    """A day that is written out: a number would be read as seconds since 1970."""
    if not isinstance(value, str) or not WRITTEN.match(value):
        raise ValueError(_("ist kein Datum wie 2024-12-31"))
    return value


def moment(value: dt.datetime) -> dt.datetime:
    """With its time zone. A clock that is ahead or elsewhere may be a day early."""
    _not_too_early(value)
    aware = timezone.make_aware(value) if timezone.is_naive(value) else value
    if aware > timezone.now() + dt.timedelta(days=1):
        raise ValueError(_("liegt in der Zukunft"))
    return aware


def past(value: dt.date) -> dt.date:
    _not_too_early(value)
    if value > timezone.localdate():
        raise ValueError(_("liegt in der Zukunft"))
    return value


def due(value: dt.date) -> dt.date:
    _not_too_early(value)
    today = timezone.localdate()
    latest = max(months_later(today, MONTHS_AHEAD), next_check(today))
    if value > latest:
        raise ValueError(_("liegt zu weit in der Zukunft, spätestens %(day)s") % {"day": latest.isoformat()})
    return value


def _not_too_early(value: dt.date) -> None:
    if value.year < EARLIEST_YEAR:
        raise ValueError(_("liegt vor dem Jahr %(year)d") % {"year": EARLIEST_YEAR})


def begin(practice: Practice) -> None:
    """Fill in what a new published write-up says nothing of."""
    practice.published_at = practice.published_at or timezone.now()
    published_on = min(timezone.localdate(practice.published_at), timezone.localdate())
    practice.confirmed_on = practice.confirmed_on or published_on
    practice.next_check_on = practice.next_check_on or next_check(practice.confirmed_on)


def later(practice: Practice, values: dict[str, Any]) -> dict[str, Any]:
    """`values` for a known write-up without days that would take back what happened in the portal.

    It stays published since when it was, and its confirmation and next check never move back.
    """
    values = {**values}
    if practice.published_at:
        values.pop("published_at", None)
    mentions_check = "next_check_on" in values
    for name in CHECKS:
        known, given = getattr(practice, name), values.get(name)
        if given is None or (known and given <= known):
            values.pop(name, None)
    if "confirmed_on" in values and practice.next_check_on and not mentions_check:
        values["next_check_on"] = max(practice.next_check_on, next_check(values["confirmed_on"]))
    return values


def complaints(practice: Practice) -> Iterator[str]:
    if practice.confirmed_on and practice.next_check_on and practice.next_check_on < practice.confirmed_on:
        yield _("next_check_on: Die nächste Prüfung (%(due)s) liegt vor der Bestätigung (%(confirmed)s).") % {
            "due": practice.next_check_on.isoformat(),
            "confirmed": practice.confirmed_on.isoformat(),
        }
