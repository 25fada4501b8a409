"""The bitmaps as they were folded last, kept by each process until they are folded again."""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any

from search.bitmaps import labels
from search.models.bitmap import BitmapKind
from search.reading import fetch

WORDS_KEPT = 32_000_000  # bytes of word bitmaps in one process, unless that is less than a hundred words
READ = """
    SELECT kind, label, bits FROM search_bitmap WHERE kind <> %(word)s
    UNION ALL SELECT kind, label, '' FROM search_bitmap WHERE kind = %(word)s
"""


class Base:
    """What one folding left. Bits are whole numbers; the lowest stands for the entry with the first id."""

    def __init__(self, frame: Mapping[str, bytes], by_label: dict[str, int], words: frozenset[str]) -> None:
        self.version = frame.get(labels.VERSION, b"")
        self.ids = array("q", frame.get(labels.IDS, b""))
        self.by_label = by_label
        self.with_bitmap = words
        self.orders = {
            name: (
                array("i", frame.get(name, b"")), array("i", frame.get(labels.RANK + name, b""))
            ) for name in (labels.NEWEST, labels.BEST)
        }  # fmt: skip
        self._words: dict[str, int] = {}
        self._most_words = max(WORDS_KEPT // max(len(self.ids) // 8, 1), 100)

    def places_of(self, entry_ids: Iterable[int]) -> list[int]:
        """The bits of those entries that have one."""
        ids = self.ids
        size = len(ids)
        found = ((bisect_left(ids, key), key) for key in entry_ids)
        return [place for place, key in found if place < size and ids[place] == key]

    def word(self, lexeme: str) -> int | None:
        """Bits of a word that was read before."""
        return self._words.get(lexeme)

    def keep_word(self, lexeme: str, bits: int) -> None:
        if len(self._words) >= self._most_words:
            self._words = {}  # replaced, not emptied: other threads read it
        self._words[lexeme] = bits


class _Latest:
    """Where the process keeps the base; whoever finds that it is outdated puts a newer one there."""

    base = Base({}, {}, frozenset())
    reading = threading.Lock()


def latest() -> Base:
    return _Latest.base


def newer_than(outdated: Base) -> Base:
    """The present base. One query of some megabytes, after each folding, for all threads together."""
    with _Latest.reading:
        if _Latest.base is outdated:
            _Latest.base = _read()
        return _Latest.base


def _read() -> Base:
    rows: list[tuple[Any, ...]] = fetch(READ, {"word": BitmapKind.WORD.value})
    frame = {label: bytes(bits) for kind, label, bits in rows if kind == BitmapKind.FRAME}
    by_label = {label: number(bits) for kind, label, bits in rows if kind == BitmapKind.LABEL}
    words = frozenset(label for kind, label, _bits in rows if kind == BitmapKind.WORD)
    return Base(frame, by_label, words)


def number(bits: bytes) -> int:
    return int.from_bytes(bits, "little")
