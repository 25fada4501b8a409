"""Adoptions over time as drawings: widths in per cent, heights in pixels, so that nothing is distorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from practices.adoption.enums import OVER, Stage

LEFT, RIGHT = 6, 94  # per cent; room for half a year number at both ends, on a phone as well
MOST_YEARS = 8


@dataclass(frozen=True)
class Axis:
    """Time from the first to the last moment, in months since year 0."""

    first: float
    last: float

    @classmethod
    def of(cls, moments: Iterable[str]) -> Axis:
        """From whole years, so that the axis begins at a year; to today."""
        today = timezone.localdate()
        now = today.year * 12 + today.month
        first = min((months(moment) for moment in moments), default=now)
        return cls(first - first % 12, max(now, first + 1))

    def at(self, moment: str) -> float:
        return self._place(months(moment))

    @property
    def now(self) -> float:
        return self._place(self.last)

    def _place(self, month: float) -> float:
        share = (month - self.first) / (self.last - self.first)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0), 1)

    @property
    def years(self) -> list[tuple[str, str]]:
        """Where each January lies and which year it begins; every second where there are many."""
        begin, end = int(self.first // 12), int(self.last // 12)
        step = 1 + (end - begin) // MOST_YEARS
        return [(per_cent(self._place(year * 12)), str(year)) for year in range(begin, end + 1, step)]


def months(moment: str) -> float:
    """`2022-03` as a number of months; a year alone lies in its middle."""
    year, _dash, month = moment.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else 6)


def per_cent(place: float) -> str:
    return f"{place:.2f}%"


@dataclass(frozen=True)
class Bar:
    """How long a city was in a stage; `stage` names the drawing's class, higher bars are further on."""

    x: str
    width: str
    y: int
    height: int
    stage: str


@dataclass(frozen=True)
class TimeRow:
    """One city."""

    city: str
    said: str
    bars: list[Bar]


HEIGHTS = {Stage.INTERESTED: 4, Stage.EXAMINED: 8, Stage.PILOT: 14, Stage.LIVE: 20}
ROW = 24


def bars_of(steps: Sequence[tuple[str, str]], axis: Axis) -> list[Bar]:
    """From stage to stage; what is over leaves a mark alone."""
    bars = []
    for at, (stage, since) in enumerate(steps):
        begin = axis.at(since)
        end = axis.at(steps[at + 1][1]) if at + 1 < len(steps) else axis.now
        is_over = Stage(stage) in OVER
        height = ROW if is_over else HEIGHTS[Stage(stage)]
        width = 0.6 if is_over else max(end - begin, 0.6)
        bars.append(Bar(per_cent(begin), per_cent(width), (ROW - height) // 2, height, stage))
    return bars
