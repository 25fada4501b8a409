"""How entries get into their table: words worked out, many rows by one statement."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from search import vocabulary
from search.analysis.vectors import Analysed, analyse
from search.analysis.words import fold, plain, written
from search.analysis.workers import Workers

if TYPE_CHECKING:
    from types import TracebackType

    from search.entries import EntryData

PIECE = 500  # things that are analysed together
PIECES = 4  # that one statement writes: the more, the less indexes and triggers have to do for each thing
FEW = 2  # pieces that are analysed sooner than a worker is there
KEY_LENGTH = 120
COLUMNS = {
    "source": "integer",
    "object_id": "bigint",
    "audience": "integer",
    "date": "date",
    "confirmed_on": "date",
    "city_id": "bigint",
    "topics": "text",
    "facets": "integer",
    "boost": "integer",
    "uses": "integer",
    "key": "text",
    "words": "text",
}
CASTS = {"topics": "topics::integer[]", "words": "words::tsvector"}
# One statement with arrays: a million entries are written three times as fast as with the ORM's expressions.
# An entry that would stay as it is is not touched.
GIVEN = f"""
    SELECT {", ".join(f"{CASTS.get(name, name)} AS {name}" for name in COLUMNS)}
    FROM unnest({", ".join(f"%s::{kind}[]" for kind in COLUMNS.values())}) AS thing ({", ".join(COLUMNS)})
"""  # noqa: S608
ENTER = f"""
    INSERT INTO search_entry ({", ".join(COLUMNS)}) {GIVEN}
    ON CONFLICT (source, object_id) DO UPDATE SET
        ({", ".join(COLUMNS)}) = ({", ".join(f"excluded.{name}" for name in COLUMNS)})
    WHERE ({", ".join(f"search_entry.{name}" for name in COLUMNS)})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in COLUMNS)})
"""


class _Piece(NamedTuple):
    things: list[EntryData]
    analysed: Callable[[], Analysed]


class Entering:
    """Writes the entries of things, to be used as `with` in the transaction that changes them.

    What is added is written at the end of the block at the latest. `on_other_cores` has the words of many
    things worked out by other processes, while this one and the database do the rest.
    """

    def __init__(self, *, on_other_cores: bool = False) -> None:
        self._on_other_cores = on_other_cores
        self._workers: Workers | None = None
        self._coming: list[EntryData] = []
        self._pieces: deque[_Piece] = deque()

    def __enter__(self) -> Entering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                if self._coming:
                    self._hand_over()
                self._write(least=1)
        finally:
            if self._workers:
                self._workers.close()

    def add(self, data: Iterable[EntryData]) -> None:
        for thing in data:
            self._coming.append(thing)
            if len(self._coming) == PIECE:
                self._hand_over()
                # A worker that has begun shall find more to do while the database is writing.
                self._write(least=2 * PIECES if self._workers else PIECES)

    def _hand_over(self) -> None:
        things, self._coming = self._coming, []
        if self._on_other_cores and self._workers is None and len(self._pieces) == FEW:
            self._workers = Workers()
            self._pieces = deque(self._piece(piece.things) for piece in self._pieces)
        self._pieces.append(self._piece(things))

    def _piece(self, things: list[EntryData]) -> _Piece:
        texts = [thing.texts for thing in things]
        return _Piece(things, self._workers.analyse(texts) if self._workers else lambda: analyse(texts))

    def _write(self, least: int) -> None:
        """Statement by statement, as long as so many pieces are waiting."""
        while len(self._pieces) >= least:
            _write([self._pieces.popleft() for _ in range(min(PIECES, len(self._pieces)))])


def _write(pieces: Sequence[_Piece]) -> None:
    # A thing that came twice stays as it came last: one statement cannot write it twice.
    last: dict[tuple[int, int], tuple[EntryData, str]] = {}
    surfaces: dict[str, str] = {}
    for piece in pieces:
        analysed = piece.analysed()
        surfaces |= analysed.surfaces
        for thing, words in zip(piece.things, analysed.words, strict=True):
            last[thing.source, thing.object_id] = thing, words
    with connection.cursor() as cursor:
        cursor.execute(ENTER, columns_of(last.values()))
    vocabulary.notice(surfaces)


def columns_of(things: Iterable[tuple[EntryData, str]]) -> list[list[Any]]:
    """The parameters of `GIVEN`: things with their words as the table's columns."""
    rows = [_row(thing, words) for thing, words in things]
    return [list(column) for column in zip(*rows, strict=True)]


def key_of(name: str) -> str:
    """How a name is compared with what somebody typed."""
    return " ".join(map(fold, written(plain(name))))[:KEY_LENGTH]


def _row(thing: EntryData, words: str) -> tuple[Any, ...]:
    """Values in the order of `COLUMNS`."""
    labels = sorted({*thing.topics, *(-mark for mark in thing.marks)})
    return (
        thing.source,
        thing.object_id,
        int(thing.audience),
        thing.date,
        thing.confirmed_on or thing.date,
        thing.city_id,
        f"{{{','.join(map(str, labels))}}}",
        thing.facets,
        thing.boost,
        thing.uses,
        key_of(thing.known_as) or None,
        words,
    )
