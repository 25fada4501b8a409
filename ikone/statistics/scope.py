"""Which period and which part of the network figures are about, as it stands in the address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cities.enums import SIZE_THRESHOLDS
from practices.enums import Visibility
from topics.tree import TopicNode

UNKNOWN = "ohne"  # of anonymous write-ups Land and size stay open, here as in the search
EARLIEST, LATEST = dt.date(2015, 1, 1), dt.date(2099, 12, 31)


@dataclass(frozen=True)
class Scope:
    """From `first` to `last`, both included; Land, size class and topic narrow it."""

    first: dt.date
    last: dt.date
    state: str = ""
    size: str = ""
    topic: TopicNode | None = None

    @classmethod
    def of_this_year(cls) -> Scope:
        today = timezone.localdate()
        return cls(today.replace(month=1, day=1), today)

    def query(self, **more: object) -> str:
        """As the query of an address, with `more` parameters; without empty ones."""
        parts: dict[str, object] = {
            "von": self.first.isoformat(),
            "bis": self.last.isoformat(),
            "land": self.state,
            "groesse": self.size,
            "thema": self.topic.slug if self.topic else "",
        } | more
        return urlencode({name: value for name, value in parts.items() if value not in {"", None}})

    @property
    def is_past(self) -> bool:
        return self.last < timezone.localdate()

    @property
    def standing(self) -> str:
        """That it has not ended, with today's date; empty for a period that has."""
        today = timezone.localdate()
        if self.last <= today:
            return ""
        return _("Stand %(day)s, Zeitraum läuft noch") % {"day": f"{today:%d.%m.%Y}"}

    @property
    def as_of_today(self) -> str:
        """How a sentence begins that says what figures of a past period leave out."""
        return _("Stand vom %(day)s") % {"day": f"{timezone.localdate():%d.%m.%Y}"}

    def over(self, first: dt.date, last: dt.date) -> Scope:
        return replace(self, first=first, last=last)

    @property
    def begins_at(self) -> dt.datetime:
        return _midnight(self.first)

    @property
    def ends_before(self) -> dt.datetime:
        return _midnight(self.last + dt.timedelta(days=1))

    @property
    def topic_ids(self) -> list[int]:
        """The chosen topic and all below it."""
        return [node.id for node in self.topic.branch] if self.topic else []

    def of_city(self, way: str = "") -> Q:
        """Rows whose city, at the end of `way`, is of the chosen Land and size."""
        found = Q()
        if self.state:
            found &= Q(pk__in=[]) if self.state == UNKNOWN else Q(**{f"{way}state": self.state})
        if self.size:
            found &= _of_size(self.size, way)
        return found

    def of_write_up(self, way: str) -> Q:
        """The same for rows of a write-up. Whose city is not to be known counts under none."""
        if not self.state and not self.size:
            return Q()
        anonymous = Q(**{f"{way}visibility": Visibility.ANONYMOUS})
        found = self.of_city(f"{way}city__") & ~anonymous
        return found | anonymous if {self.state, self.size} <= {UNKNOWN, ""} else found


def _of_size(size: str, way: str) -> Q:
    name = f"{way}population"
    if size == UNKNOWN:
        return Q(**{f"{name}__isnull": True})
    ceiling = None
    for least, each in SIZE_THRESHOLDS:
        if each == size:
            above = Q(**{f"{name}__lt": ceiling}) if ceiling else Q()
            return above & Q(**{f"{name}__gte": least})
        ceiling = least
    raise ValueError(size)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def usual_periods(scope: Scope) -> list[dict[str, Any]]:
    """Periods that are often wanted, each with the query that chooses it."""
    today = timezone.localdate()
    year = today.year
    periods: list[tuple[str, dt.date, dt.date]] = [
        (_("dieses Jahr"), dt.date(year, 1, 1), today),
        (str(year - 1), dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31)),
        (_("letzte 12 Monate"), today - dt.timedelta(days=364), today),
        (_("von Anfang an"), EARLIEST, today),
    ]
    return [
        {
            "label": label,
            "query": scope.over(first, last).query(),
            "is_current": (first, last) == (scope.first, scope.last),
        }
        for label, first, last in periods
    ]
