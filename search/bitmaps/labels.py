"""Names of bitmaps. A label is one value of something that entries are counted by."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from search.packing import FIELDS

VERSION, IDS = "version", "ids"
# Places of entries in an order, and the place in that order of each entry.
NEWEST, BEST = "newest", "best"
RANK = "rank:"
TOPIC = "topic:"


def of_audience(audience: int) -> str:
    return f"audience:{audience}"


def of_source(source: int) -> str:
    return f"source:{source}"


def of_field(place: int, value: int) -> str:
    """The packed field with this place in `FIELDS`."""
    return f"field{place}:{value}"


def of_topic(topic: int) -> str:
    """A topic's, or a mark's if below 0."""
    return f"{TOPIC}{topic}"


def topic_of(label: str) -> int:
    """The topic of a label, below 0 for a mark; 0 where it is another one's."""
    return int(label.removeprefix(TOPIC)) if label.startswith(TOPIC) else 0


def of_entry(source: int, audience: int, facets: int, topics: Collection[int]) -> Iterator[str]:
    """All labels of an entry."""
    yield of_audience(audience)
    yield of_source(source)
    for place, bits in enumerate(FIELDS):
        yield of_field(place, bits.of(facets))
    yield from map(of_topic, topics)
