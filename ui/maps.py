"""A map of Germany, drawn from the outlines of the Länder (@svg-maps/germany, CC-BY-4.0)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders

Point = tuple[float, float]

OUTLINES = "vendor/map/germany.svg"
LAND = re.compile(r'id="(?P<id>\w+)"\s+aria-label="[^"]*"\s+d="(?P<path>[^"]*)"')

# The first two digits of the AGS, and the outline's id.
STATES = {
    "01": "sh", "02": "hh", "03": "ni", "04": "hb", "05": "nw", "06": "he", "07": "rp", "08": "bw",
    "09": "by", "10": "sl", "11": "be", "12": "bb", "13": "mv", "14": "sn", "15": "st", "16": "th",
}  # fmt: skip

GERMANY = (0.0, 0.0, 586.0, 793.0)
DRAWN_WIDTH = 480  # CSS pixels that the map is about wide; sizes of dots and letters follow from it
STEPS = 700  # the finest step kept of an outline is the view's width divided by this
CHARACTER = 7.8  # CSS pixels, the mean width of a letter at the labels' size
LETTER_HEIGHT = 17
# Where a name may stand, best first: its anchor and its distance from the dot in CSS pixels.
LABEL_SPOTS = [
    ("start", 9, 5), ("end", -9, 5), ("middle", 0, -11), ("middle", 0, 21),
    ("start", 3, -11), ("end", -3, -11), ("start", 3, 21), ("end", -3, 21),
]  # fmt: skip


class Place(NamedTuple):
    """Something to show on the map where its coordinates are known; `label` stands beside its name."""

    name: str
    url: str
    latitude: float | Decimal | None
    longitude: float | Decimal | None
    label: str = ""


@dataclass(frozen=True)
class Land:
    """An outline as the `d` of a path; `is_chosen` when the map shows this Land."""

    path: str
    is_chosen: bool


@dataclass
class Dot:
    """A place on the map, in the map's units; the name stands at `label_x`, `label_y`, if it found room."""

    name: str
    url: str
    note: str
    x: float
    y: float
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "start"
    has_room: bool = False


@dataclass(frozen=True)
class Map:
    """All that the template draws; `unit` is the length of a CSS pixel in the map's units."""

    view_box: str
    unit: float
    lands: Sequence[Land]
    dots: Sequence[Dot]


def project(latitude: float, longitude: float) -> Point:
    """Degrees to the units of the outlines, which are a plain Mercator projection."""
    mercator = math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))
    return 63.74 * longitude - 373.603, 4210.679 - 63.568 * mercator


def draw(places: Iterable[Place], state: str = "") -> Map:
    """A map of Germany or of one Land (two digits) with a dot for each place that has coordinates."""
    state = state if state in STATES else ""
    view = _view(state)
    unit = view[2] / DRAWN_WIDTH
    dots = [
        Dot(
            place.name,
            place.url,
            place.label,
            *_rounded(project(float(lat), float(lon))),
        )
        for place in places
        if (lat := place.latitude) is not None and (lon := place.longitude) is not None
    ]
    _label(dots, view, unit)
    return Map(" ".join(f"{number:g}" for number in view), round(unit, 3), _lands(state), dots)


def _rounded(point: Point) -> Point:
    return round(point[0], 2), round(point[1], 2)


@cache
def _outlines() -> dict[str, list[list[Point]]]:
    """The Länder as rings of points."""
    found = finders.find(OUTLINES)
    if found is None:
        return {}
    text = Path(str(found)).read_text(encoding="utf-8")
    return {match["id"]: _rings(match["path"]) for match in LAND.finditer(text)}


def _rings(path: str) -> list[list[Point]]:
    """Rings of a path of relative moves; each begins where the one before closed."""
    rings, x, y = [], 0.0, 0.0
    for part in re.split(r"z", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", part)]
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        if ring:
            rings.append(ring)
            x, y = ring[0]
    return rings


@cache
def _view(state: str) -> tuple[float, float, float, float]:
    """The part of the map that shows a Land with some room for names, or all of Germany."""
    rings = _outlines().get(STATES.get(state, ""))
    if not rings:
        return GERMANY
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    side, top = 0.12 * (max(xs) - min(xs)), 0.04 * (max(ys) - min(ys))
    box = min(xs) - side, min(ys) - top, max(xs) - min(xs) + 2 * side, max(ys) - min(ys) + 2 * top
    return tuple(round(number) for number in box)


@cache
def _lands(state: str) -> tuple[Land, ...]:
    """The outlines that the view touches, as fine as it can show, the chosen one last and so on top."""
    left, top, width, height = _view(state)
    drawn = []
    for outline, rings in _outlines().items():
        is_chosen = outline == STATES.get(state)
        step = width / STEPS * (3 if state and not is_chosen else 1)
        seen = [
            ring for ring in rings
            if any(left <= x <= left + width and top <= y <= top + height for x, y in ring)
        ]  # fmt: skip
        path = "".join(_path(_simplified(ring, step)) for ring in seen if _extent(ring) > 4 * step)
        if path:
            drawn.append(Land(path, is_chosen))
    return tuple(sorted(drawn, key=lambda land: land.is_chosen))


def _extent(ring: list[Point]) -> float:
    xs, ys = zip(*ring, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _simplified(line: list[Point], step: float) -> list[Point]:
    """The line without points that lie closer to it than `step` (Ramer–Douglas–Peucker)."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    length = math.dist(first, last)

    def distance(point: Point) -> float:
        if length == 0:
            return math.dist(first, point)
        cross = (last[0] - first[0]) * (first[1] - point[1]) - (first[0] - point[0]) * (last[1] - first[1])
        return abs(cross) / length

    farthest = max(range(1, len(line) - 1), key=lambda at: distance(line[at]))
    if distance(line[farthest]) <= step:
        return [first, last]
    return _simplified(line[: farthest + 1], step)[:-1] + _simplified(line[farthest:], step)


def _path(ring: list[Point]) -> str:
    """Relative moves in tenths, without letting the rounding add up."""
    parts, x, y = [], 0, 0
    for at, point in enumerate(ring):
        next_x, next_y = round(point[0] * 10), round(point[1] * 10)
        if at == 0 or (next_x, next_y) != (x, y):
            parts.append(f"{'M' if at == 0 else ''}{(next_x - x) / 10:g},{(next_y - y) / 10:g}")
            x, y = next_x, next_y
    return f"{parts[0]}l{' '.join(parts[1:])}z" if len(parts) > 1 else ""


def _label(dots: list[Dot], view: tuple[float, float, float, float], unit: float) -> None:
    """Put each name beside, above or below its dot where it covers nothing; else it shows on focus."""
    taken = [(dot.x - 7 * unit, dot.y - 7 * unit, dot.x + 7 * unit, dot.y + 7 * unit) for dot in dots]
    for dot in dots:
        width, height = len(dot.name) * CHARACTER * unit, LETTER_HEIGHT * unit
        for anchor, dx, dy in LABEL_SPOTS:
            x, y = dot.x + dx * unit, dot.y + dy * unit
            left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
            box = (left, y - height * 0.8, left + width, y + height * 0.2)
            if not dot.label_x:
                dot.anchor, dot.label_x, dot.label_y = anchor, round(x, 2), round(y, 2)
            fits = view[0] <= box[0] and box[2] <= view[0] + view[2]
            if fits and not any(_overlap(box, other) for other in taken):
                dot.anchor, dot.label_x, dot.label_y, dot.has_room = anchor, round(x, 2), round(y, 2), True
                taken.append(box)
                break


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
