"""What one question sees: the bitmaps, with all that changed since they were folded."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Any, NamedTuple

from search.bitmaps import base as bases
from search.bitmaps import labels
from search.bitmaps.base import Base, number
from search.models.bitmap import BitmapKind
from search.reading import VECTOR, WHOLE, fetch

WALKED = 50  # an order is walked for a set in which at least one of so many entries is
SET = re.compile(rb"[^\0]", re.DOTALL)
IN_OCTET = {bytes([octet]): [n for n in range(8) if octet >> n & 1] for octet in range(256)}
VERSION_ROW, WORD_ROW, IDS_ROW, STALE_ROW = range(4)


class Leaf(NamedTuple):
    """A condition on an entry's words. That of a single `lexeme` may have a bitmap."""

    tsquery: str
    lexeme: str = ""


class _Changed(NamedTuple):
    """An entry that is not as the bitmaps say. `has` tells which of the words with a bitmap it has."""

    id: int
    source: int
    audience: int
    facets: int
    topics: list[int]
    date: dt.date
    boost: int
    has: list[bool]


# As the database orders them, the first one highest.
ORDERS: dict[str, Callable[[_Changed], tuple[Any, ...]]] = {
    labels.NEWEST: lambda each: (each.date, each.id),
    labels.BEST: lambda each: (each.boost, each.date, each.id),
}


class View:
    """All entries at one moment, as bits. Those that changed since the folding stand behind all others; where
    they stood before counts for nobody.
    """

    def __init__(self, base: Base, stale: Collection[int], changed: Sequence[_Changed]) -> None:
        self.base = base
        self._size = len(base.ids)
        self._changed = changed
        self._stale = _bits_of(base.places_of(stale), self._size)
        self._places = {each.id: self._size + n for n, each in enumerate(changed)}
        places: dict[str, list[int]] = defaultdict(list)
        for n, each in enumerate(changed):
            for label in labels.of_entry(each.source, each.audience, each.facets, each.topics):
                places[label].append(n)
        self._own = {label: self._behind(some) for label, some in places.items()}
        self.leaves: dict[Leaf, int] = {}
        self.in_cities = -1  # all

    def _behind(self, places: Collection[int]) -> int:
        """Some of those that changed, behind all others."""
        return _bits_of(places, len(self._changed)) << self._size

    def of(self, label: str) -> int:
        """Entries with this label; of those that changed also as they were, so AND it with `for_audience`."""
        return self.base.by_label.get(label, 0) | self._own.get(label, 0)

    def any_of(self, of_labels: Collection[str]) -> int:
        bits = 0
        for label in of_labels:
            bits |= self.of(label)
        return bits

    def for_audience(self, audience: int) -> int:
        """Entries that this audience may know of, as they are now."""
        bits = self.any_of([labels.of_audience(narrower) for narrower in range(audience + 1)])
        return bits & ~self._stale

    @cached_property
    def topics(self) -> list[int]:
        """Topics of any entry, hidden ones as well; marks below 0."""
        return [each.value for each in self._labels if each.kind == labels.TOPIC]

    @cached_property
    def sources(self) -> list[int]:
        return [each.value for each in self._labels if each.kind == labels.SOURCE]

    @cached_property
    def fields(self) -> list[tuple[int, int]]:
        """Places of packed fields with values that any entry has there."""
        return [(each.place, each.value) for each in self._labels if each.kind == labels.FIELD]

    @cached_property
    def _labels(self) -> list[labels.Parsed]:
        return [labels.parsed(label) for label in {**self.base.by_label, **self._own}]

    def put_word(self, leaf: Leaf, bits: int, place: int) -> None:
        """`place` is that of the word among those of the changed entries."""
        own = [n for n, each in enumerate(self._changed) if each.has[place]]
        self.leaves[leaf] = bits | self._behind(own)

    def bits_of(self, entry_ids: Sequence[int]) -> int:
        """Entries; those that changed also as they were, as `of` gives them."""
        own = [place for key in entry_ids if (place := self._places.get(key)) is not None]
        return _bits_of([*own, *self.base.places_of(entry_ids)], self._size + len(self._changed))

    def ids_of(self, bits: int, order: str, most: int) -> list[int]:
        """Ids of the first entries of a set in an order, and of the first ones that changed."""
        changed = [self._changed[place] for place in _places_of(bits >> self._size)]
        changed.sort(key=ORDERS[order], reverse=True)
        rest = bits & ((1 << self._size) - 1)
        return [each.id for each in changed[:most]] + [
            self.base.ids[place] for place in self._first(rest, order, most)
        ]

    def _first(self, bits: int, order: str, most: int) -> list[int]:
        in_order, rank = self.base.orders[order]
        if bits.bit_count() * WALKED < self._size:
            return nsmallest(most, _places_of(bits), key=rank.__getitem__)
        octets = bits.to_bytes((self._size + 7) // 8, "little")
        found: list[int] = []
        for place in in_order:
            if octets[place >> 3] >> (place & 7) & 1:
                found.append(place)
                if len(found) == most:
                    break
        return found


def look(
    leaves: Collection[Leaf] = (), city_ids: Sequence[int] | None = None, *, source: int | None = None
) -> View:
    """The entries at this moment, with those that fulfil each leaf. One query, three after a folding.

    Without `city_ids` entries of all cities are `in_cities`, else those of these cities and this `source`.
    """
    base = bases.latest()
    while (view := _look(base, leaves, city_ids, source)) is None:
        base = bases.newer_than(base)
    return view


def _look(
    base: Base, leaves: Collection[Leaf], city_ids: Sequence[int] | None, source: int | None
) -> View | None:
    """None where the base is outdated."""
    with_bitmap = [leaf for leaf in leaves if leaf.lexeme in base.with_bitmap]
    others = [leaf for leaf in leaves if leaf.lexeme not in base.with_bitmap]
    words = {leaf.lexeme: base.word(leaf.lexeme) for leaf in with_bitmap}
    parameters: dict[str, Any] = {
        "missing": [word for word, bits in words.items() if bits is None],
        "cities": None if city_ids is None else list(city_ids),
        "source": source,
    }
    for name, some in (("word", with_bitmap), ("leaf", others)):
        parameters |= {f"{name}{place}": leaf.tsquery for place, leaf in enumerate(some)}
    has = [f"{VECTOR} @@ CAST(%(word{place})s AS tsquery)" for place in range(len(with_bitmap))]
    found = [f"words @@ CAST(%(leaf{place})s AS tsquery)" for place in range(len(others))]
    if city_ids is not None:
        of_source = "true" if source is None else "source = %(source)s"
        found.append(f"city_id = ANY(%(cities)s::bigint[]) AND {of_source}")
    rows = fetch(_sql(has, found), parameters, by_index=True)
    (version,) = (row[3] for row in rows if row[0] == VERSION_ROW)
    if bytes(version or b"") != base.version:
        return None
    stale = [row[1] for row in rows if row[0] == STALE_ROW]
    changed = [_Changed(row[1], *row[5:]) for row in rows if row[0] == STALE_ROW and row[5] is not None]
    view = View(base, stale, changed)
    for row in rows:
        if row[0] == WORD_ROW:
            words[row[2]] = bits = number(row[3])
            base.keep_word(row[2], bits)
        elif row[0] == IDS_ROW and row[1] < len(others):
            view.leaves[others[row[1]]] = view.bits_of(row[4])
        elif row[0] == IDS_ROW:
            view.in_cities = view.bits_of(row[4])
    for place, leaf in enumerate(with_bitmap):
        view.put_word(leaf, words[leaf.lexeme] or 0, place)
    return view


def _sql(has: Sequence[str], found: Sequence[str]) -> str:
    """One statement, so that it sees one moment: conditions that the changed entries are asked for, and those
    of which the index gives the entries.
    """
    ids = "".join(
        f"""
        UNION ALL
        SELECT {IDS_ROW}, {place}, '', NULL, ARRAY(SELECT id FROM search_entry WHERE {condition}),
            0, 0, 0, NULL, NULL, 0, NULL
        """  # noqa: S608  conditions of our own
        for place, condition in enumerate(found)
    )
    # Vectors are fetched only where words are asked for.
    words = f", {WHOLE}" if has else ""
    return f"""
        WITH stale AS MATERIALIZED (SELECT DISTINCT entry_id FROM search_stale)
        SELECT {VERSION_ROW} AS what, 0::bigint AS id, '' AS label,
            (SELECT bits FROM search_bitmap WHERE kind = {BitmapKind.FRAME} AND label = '{labels.VERSION}'),
            NULL::bigint[] AS ids, 0 AS source, 0 AS audience, 0 AS facets, NULL::integer[] AS topics,
            NULL::date AS date, 0 AS boost, NULL::boolean[] AS has
        UNION ALL
        SELECT {WORD_ROW}, 0, label, bits, NULL, 0, 0, 0, NULL, NULL, 0, NULL
        FROM search_bitmap WHERE kind = {BitmapKind.WORD} AND label = ANY(%(missing)s::text[])
        {ids}
        UNION ALL
        SELECT {STALE_ROW}, entry_id, '', NULL, NULL, source, audience, facets, topics, date, boost,
            ARRAY[{", ".join(has)}]::boolean[]
        FROM (
            SELECT entry_id, source, audience, facets, topics, date, boost{words}
            FROM stale LEFT JOIN search_entry ON search_entry.id = entry_id
            OFFSET 0
        ) AS changed
    """  # noqa: S608  numbers and conditions of our own


def _places_of(bits: int) -> Iterable[int]:
    octets = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return [8 * match.start() + n for match in SET.finditer(octets) for n in IN_OCTET[match[0]]]


def _bits_of(places: Collection[int], size: int) -> int:
    """A number with these bits."""
    octets = bytearray((size + 7) // 8)
    for place in places:
        octets[place >> 3] |= 1 << (place & 7)
    return number(octets)
