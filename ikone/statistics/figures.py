"""What figures are made of, and how numbers are written in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ikone.statistics.scope import Scope

LINK = '<a class="kern-link kern-link--no-visited-state" href="{}">{}</a>'


@dataclass(frozen=True)
class Figure:
    """A number with its words; `url` opens the records that it counts, "" where there are none to open."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    number: int | None = None  # for spreadsheets; sums of money come with their accuracy as text


@dataclass(frozen=True)
class Bar:
    label: str
    number: int
    url: str = ""


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """For the `bar_chart` component, labels as links."""
        return [(format_html(LINK, bar.url, bar.label), bar.number) for bar in self.bars]


@dataclass(frozen=True)
class Section:
    """Figures of one subject; `explained` says what is counted and what is not.

    `today` says of a past period what shows the state of today instead.
    """

    key: str
    title: str
    explained: str
    figures: list[Figure]
    charts: list[Chart] = field(default_factory=list)
    today: str = ""


def records_url(scope: Scope, what: str, **chosen: object) -> str:
    """Where the records of a figure are: `chosen` may name another Land, size or topic than the scope."""
    return f"{reverse('statistics_records', args=[what])}?{scope.query(**chosen)}"


def figure(scope: Scope, label: str, number: int, what: str, note: str = "", **chosen: object) -> Figure:
    return Figure(label, written(number), records_url(scope, what, **chosen), note, number)


def written(number: int) -> str:
    return number_format(number, force_grouping=True)


def share(part: int, whole: int) -> str:
    """„12 %“; of nothing there is no share."""
    if not whole:
        return "–"
    return _("%(number)s %%") % {"number": written(round(100 * part / whole))}


def new(number: int) -> str:
    """How many of them are new; nothing where none is."""
    if not number:
        return ""
    return _("davon %(n)s neu im Zeitraum") % {"n": written(number)}


def chart(
    scope: Scope,
    title: str,
    counted: Mapping[Any, int],
    labels: Mapping[Any, tuple[str, str]],
    what: str,
    name: str,
    **chosen: object,
) -> Chart:
    """Bars in the order of `labels`, which says the value in the address and the words for what is counted.

    What nobody has is left out.
    """
    bars = [
        Bar(label, number, records_url(scope, what, **chosen | {name: value}))
        for key, (value, label) in labels.items()
        if (number := counted.get(key, 0))
    ]
    return Chart(title, bars)
