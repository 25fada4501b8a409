"""Folding what changed into the bitmaps. A job does it; readers and writers go on meanwhile.

Whatever is committed while it runs has a row of its own in `Stale` that it does not take away, so it may or
may not see that: readers ask the entry itself.
"""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction

from search.analysis.vectors import quoted
from search.bitmaps import labels
from search.bitmaps.base import number
from search.models.bitmap import BitmapKind

# A word that fewer entries have is found by the index as quickly.
LEAST_ENTRIES, LEAST_SHARE = 500, 1 / 400
# Changed entries that are worth writing the bitmaps anew, and so many that all are made anew.
WORTH_IT, WORTH_SHARE, TOO_MANY_SHARE = 50, 1 / 2_000, 1 / 10
BITMAPS, ENTRIES = 200, 50_000  # that are in memory at once
PUT = """
    INSERT INTO search_bitmap (kind, label, bits)
    SELECT %s, label, bits FROM unnest(%s::text[], %s::bytea[]) AS given (label, bits)
    ON CONFLICT (kind, label) DO UPDATE SET bits = excluded.bits
"""
ROWS = "SELECT id, source, audience, facets, topics FROM search_entry WHERE id = ANY(%s)"
WORDS_OF = """
    SELECT lexeme, array_agg(id) FROM search_entry
    CROSS JOIN LATERAL unnest(tsvector_to_array(words)) AS lexeme
    WHERE id = ANY(%s) AND lexeme = ANY(%s::text[]) GROUP BY lexeme
"""
FREQUENT = """
    SELECT lexeme, sum(n) FROM search_wordcount WHERE lexeme <> '' GROUP BY lexeme HAVING sum(n) >= %s
"""
T = TypeVar("T")
ORDERS = {labels.NEWEST: "date DESC, id DESC", labels.BEST: "boost DESC, date DESC, id DESC"}


def fold(*, least_entries: int = LEAST_ENTRIES, waits: bool = False) -> bool:
    """Bring all bitmaps up to date; False where nothing has changed, or another process is at it and this one
    does not wait for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if not _is_alone(cursor, waits=waits):
            return False
        cursor.execute("SELECT id, entry_id FROM search_stale")
        stale = cursor.fetchall()
        if not stale:
            return False
        _Folding(cursor, {key for _row, key in stale}, least_entries).fold()
        cursor.execute("DELETE FROM search_stale WHERE id = ANY(%s)", [[row for row, _key in stale]])
    return True


def fold_where_worth_it(*, waits: bool = False) -> bool:
    """Fold when so much has changed that searches notice it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_stale")
        (stale,) = cursor.fetchone()
        cursor.execute("SELECT coalesce(sum(n), 0) FROM search_wordcount WHERE lexeme = ''")
        (entries,) = cursor.fetchone()
    return stale >= max(WORTH_IT, entries * WORTH_SHARE) and fold(waits=waits)


class _Folding:
    """One folding, in a transaction of its own."""

    def __init__(self, cursor: Any, stale: set[int], least_entries: int) -> None:
        self.cursor = cursor
        self.stale = stale
        self.ids = self._known_ids()
        cursor.execute("SELECT id FROM search_entry ORDER BY id")
        now = [key for (key,) in cursor.fetchall()]
        self.is_anew = self._must_begin_anew(now)
        if self.is_anew:
            cursor.execute("DELETE FROM search_bitmap")
            self.ids = array("q", now)
        self.place = {key: place for place, key in enumerate(self.ids)}
        self.size = (len(self.ids) + 7) // 8
        self.frequent = max(least_entries, int(len(now) * LEAST_SHARE))

    def _must_begin_anew(self, now: Sequence[int]) -> bool:
        """Adds new entries behind all others, so that the bits of these stay where they are. That fails when
        one became visible later than another with a higher id.
        """
        known, last = set(self.ids), self.ids[-1] if self.ids else 0
        new = [key for key in now if key not in known]
        self.ids.extend(new)
        gone = len(self.ids) - len(now)
        return (bool(new) and new[0] < last) or max(len(self.stale), gone) > len(now) * TOO_MANY_SHARE

    def fold(self) -> None:
        self._fold_labels()
        self._fold_words()
        self._write_frame()

    def _known_ids(self) -> array[int]:
        self.cursor.execute(
            "SELECT bits FROM search_bitmap WHERE kind = %s AND label = %s",
            [BitmapKind.FRAME.value, labels.IDS],
        )
        row = self.cursor.fetchone()
        return array("q", bytes(row[0]) if row else b"")

    def _fold_labels(self) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for keys in _in_batches(self.ids if self.is_anew else self.stale, ENTRIES):
            self.cursor.execute(ROWS, [keys])
            for key, source, audience, facets, topics in self.cursor.fetchall():
                if (place := self.place.get(key)) is not None:
                    for label in labels.of_entry(source, audience, facets, topics):
                        places[label].append(place)
        self.cursor.execute("SELECT label FROM search_bitmap WHERE kind = %s", [BitmapKind.LABEL.value])
        known = [label for (label,) in self.cursor.fetchall()]
        self._patch(BitmapKind.LABEL, dict.fromkeys([*known, *places]), places)

    def _fold_words(self) -> None:
        self.cursor.execute("SELECT label FROM search_bitmap WHERE kind = %s", [BitmapKind.WORD.value])
        known = {label for (label,) in self.cursor.fetchall()}
        self.cursor.execute(FREQUENT, [self.frequent // 2])
        numbers = dict(self.cursor.fetchall())
        # A word that has become rarer keeps its bitmap for a while, lest it come and go.
        gone = [label for label in known if label not in numbers]
        self.cursor.execute(
            "DELETE FROM search_bitmap WHERE kind = %s AND label = ANY(%s::text[])",
            [BitmapKind.WORD.value, gone],
        )
        kept = sorted(known - set(gone))
        if kept:
            self.cursor.execute(WORDS_OF, [list(self.stale), kept])
            places = {lexeme: self._places(keys) for lexeme, keys in self.cursor.fetchall()}
            self._patch(BitmapKind.WORD, kept, places)
        new = sorted(lexeme for lexeme, n in numbers.items() if n >= self.frequent and lexeme not in known)
        for some in _in_batches(new):
            self._put(BitmapKind.WORD, {lexeme: self._made(self._with_word(lexeme)) for lexeme in some})

    def _with_word(self, lexeme: str) -> list[int]:
        """By the index: the planner does not know what it costs to fetch the vectors of all entries."""
        self.cursor.execute("SET LOCAL enable_seqscan = off")
        self.cursor.execute(
            "SELECT array_agg(id) FROM search_entry WHERE words @@ CAST(%s AS tsquery)", [quoted(lexeme)]
        )
        (keys,) = self.cursor.fetchone()
        self.cursor.execute("SET LOCAL enable_seqscan = DEFAULT")
        return self._places(keys or [])

    def _places(self, keys: Iterable[int]) -> list[int]:
        """Bits of entries; those that were added since this folding began have none."""
        return [place for key in keys if (place := self.place.get(key)) is not None]

    def _patch(self, kind: BitmapKind, of_labels: Iterable[str], places: dict[str, list[int]]) -> None:
        """Write the bits of what changed into bitmaps, and make those that there are not yet."""
        cleared = ~number(
            self._made([place for key in self.stale if (place := self.place.get(key)) is not None])
        )
        for some in _in_batches(of_labels):
            self.cursor.execute(
                "SELECT label, bits FROM search_bitmap WHERE kind = %s AND label = ANY(%s::text[])",
                [kind.value, some],
            )
            before = {label: bytes(bits) for label, bits in self.cursor.fetchall()}
            after = {
                label: self._made(places.get(label, []), number(before.get(label, b"")) & cleared)
                for label in some
            }
            # Longer alone they say the same.
            changed = {
                label: bits
                for label, bits in after.items()
                if label not in before or number(bits) != number(before[label])
            }
            self._put(kind, changed)

    def _made(self, places: Sequence[int], bits: int = 0) -> bytes:
        octets = bytearray(bits.to_bytes(self.size, "little"))
        for place in places:
            octets[place >> 3] |= 1 << (place & 7)
        return bytes(octets)

    def _write_frame(self) -> None:
        frame = {labels.VERSION: os.urandom(16), labels.IDS: self.ids.tobytes()}
        for name, order in ORDERS.items():
            self.cursor.execute(f"SELECT id FROM search_entry ORDER BY {order}")  # noqa: S608  our own
            in_order = array("i", self._places(key for (key,) in self.cursor.fetchall()))
            rank = array("i", bytes(4 * len(self.ids)))
            for n, place in enumerate(in_order):
                rank[place] = n
            frame |= {name: in_order.tobytes(), labels.RANK + name: rank.tobytes()}
        self._put(BitmapKind.FRAME, frame)

    def _put(self, kind: BitmapKind, bitmaps: dict[str, bytes]) -> None:
        if bitmaps:
            self.cursor.execute(PUT, [kind.value, list(bitmaps), list(bitmaps.values())])


def _in_batches(values: Iterable[T], most: int = BITMAPS) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, most)):
        yield batch


def _is_alone(cursor: Any, *, waits: bool) -> bool:
    if waits:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search_bitmap'))")
        return True
    cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('search_bitmap'))")
    return bool(cursor.fetchone()[0])
