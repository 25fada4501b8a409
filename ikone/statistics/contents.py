"""What stands in the report, the same for both files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ikone.statistics import sources
from ikone.statistics.reading import Statistics, statistics
from ikone.statistics.scope import Scope
from practices.models import Practice
from search.models import Audience
from topics.tree import TopicTree

if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 500


@dataclass(frozen=True)
class Line:
    """A write-up that was published in the period and that everybody may read."""

    title: str
    city: str
    kind: str
    phase: str
    topic: str
    published_on: dt.date
    summary: str
    url: str
    is_demo: bool


@dataclass(frozen=True)
class Contents:
    """Figures of the whole network. Write-ups for the network alone and anonymous ones are only counted."""

    period: str
    statistics: Statistics
    write_ups: list[Line]
    not_listed: int

    @classmethod
    def of(cls, first: dt.date, last: dt.date) -> Contents:
        scope = Scope(first, last)
        tree = TopicTree.load()
        new = sources.entries(scope).filter(date__gte=first)
        open_ones = new.filter(audience=Audience.PUBLIC).order_by("-date", "-id")
        ids = list(open_ones.values_list("object_id", flat=True))
        return cls(
            period=period_of(first, last),
            statistics=statistics(scope, tree),
            write_ups=list(_lines(ids, tree)),
            not_listed=new.exclude(audience=Audience.PUBLIC).count(),
        )

    @property
    def standing(self) -> str:
        """That the period has not ended, where it has not."""
        return self.statistics.scope.standing

    @property
    def title(self) -> str:
        title = _("Bericht %(period)s") % {"period": self.period}
        return f"{title}, {self.standing}" if self.standing else title

    @property
    def method(self) -> list[tuple[str, str]]:
        """The annex: what holds for all figures, then what each subject counts."""
        general = [
            (
                _("Herkunft"),
                _("Alle Zahlen kommen aus den Inhalten des Portals. Seitenaufrufe werden nicht gezählt."),
            ),
            (
                _("Stichtag"),
                _(
                    "Bestände zeigen, was bis zum Ende des Zeitraums da war und am Tag des Berichts noch"
                    " gilt."
                ),
            ),
            (
                _("Nicht aufgeführt"),
                _(
                    "Beiträge, die nur das Netzwerk lesen darf, und anonyme Beiträge sind in allen Zahlen"
                    " enthalten, aber nicht einzeln genannt."
                ),
            ),
        ]
        if self.standing:
            general.insert(1, (_("Zeitraum"), self.standing))
        return [*general, *((section.title, section.explained) for section in self.statistics.sections)]


def period_of(first: dt.date, last: dt.date) -> str:
    """„2025“ for a whole year, else both days."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"


def _lines(ids: list[int], tree: TopicTree) -> Iterator[Line]:
    """In the order of `ids`, some hundred at a time."""
    for begin in range(0, len(ids), BATCH):
        batch = ids[begin : begin + BATCH]
        rows = Practice.objects.filter(pk__in=batch).select_related("city").prefetch_related("topic_links")
        found = rows.in_bulk()
        yield from (_line(found[pk], tree) for pk in batch if pk in found)


def _line(practice: Practice, tree: TopicTree) -> Line:
    primary = next((link.topic_id for link in practice.topic_links.all() if link.is_primary), None)
    node = tree.get(primary) if primary else None
    assert practice.published_at is not None  # noqa: S101  it has an entry
    return Line(
        title=practice.title,
        city=practice.city.name,
        kind=practice.get_kind_display(),
        phase=practice.get_phase_display(),
        topic=node.name if node else "",
        published_on=timezone.localdate(practice.published_at),
        summary=practice.summary,
        url=f"{settings.BASE_URL}{practice.get_absolute_url()}",
        is_demo=practice.is_demo,
    )
