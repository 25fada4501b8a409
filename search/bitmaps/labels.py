"""Names of bitmaps. A label is one value of something that entries are counted by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from search.packing import FIELDS

VERSION, IDS = "version", "ids"
# Places of entries in an order, and the place in that order of each entry.
NEWEST, BEST = "newest", "best"
RANK = "rank:"
AUDIENCE, SOURCE, TOPIC, FIELD = "audience", "source", "topic", "field"


class Parsed(NamedTuple):
    """What a label says; `place` is that of a packed field in `FIELDS`."""

    kind: str
    value: int
    place: int = 0


def of_audience(audience: int) -> str:
    return f"{AUDIENCE}:{audience}"


def of_source(source: int) -> str:
    return f"{SOURCE}:{source}"


def of_field(place: int, value: int) -> str:
    """The packed field with this place in `FIELDS`."""
    return f"{FIELD}:{value}:{place}"


def of_topic(topic: int) -> str:
    """A topic's, or a mark's if below 0."""
    return f"{TOPIC}:{topic}"


@cache
def parsed(label: str) -> Parsed:
    kind, *numbers = label.split(":")
    return Parsed(kind, *map(int, numbers))


def of_entry(source: int, audience: int, facets: int, topics: Collection[int]) -> Iterator[str]:
    """All labels of an entry."""
    yield of_audience(audience)
    yield of_source(source)
    for place, bits in enumerate(FIELDS):
        yield of_field(place, bits.of(facets))
    yield from map(of_topic, topics)
