"""Answers are remembered for as long as nothing that can be found has changed.

Most people search for the same few words, and what is asked seldom changes while they do. A process keeps
what it answered last, with the state of all entries then; whoever asks the same thing again costs one query
that tells whether the state is still the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from django.db import connection, transaction

from search import synonyms
from search.reading import fetch_kept

MOST = 1_000  # answers in one process
MARKS = "SELECT bit_xor(mark) FROM search_change"
# The age of things counts by days, so no answer outlives the day.
STATE = f"SELECT concat_ws(' ', current_date, ({MARKS}), ({synonyms.VERSION}))"
FOLD = """
    WITH gone AS (DELETE FROM search_change RETURNING mark)
    INSERT INTO search_change (mark) SELECT bit_xor(mark) FROM gone HAVING count(*) > 0
"""

T = TypeVar("T")


def current_state() -> str:
    """What tells one state of all entries, words and synonyms from every other. One query."""
    return str(fetch_kept(STATE, {})[0][0])


def fold() -> None:
    """Fold the marks together; readers and writers go on meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('search_change'))")
        row = cursor.fetchone()
        if row and row[0]:
            cursor.execute(FOLD)


@dataclass
class _Place(Generic[T]):
    """Where an answer is kept with the state it belongs to; both change at once."""

    kept: tuple[str, T] | None = None


class Remembered(Generic[T]):
    """The last answers by what was asked. Ways to put a question are equal when they look equal."""

    def __init__(self) -> None:
        self._place = lru_cache(MOST)(lambda _key: _Place[T]())

    def answer(self, asked: object, work_out: Callable[[str], tuple[str, T]]) -> T:
        """What `work_out` gave for the present state. It takes the state, "" where none was read yet, and
        returns the one that it began with beside its answer.

        No query where nothing is remembered, else one.
        """
        place = self._place(repr(asked))
        state, kept = "", place.kept  # looked at once: other threads change it
        if kept:
            state = current_state()
            if kept[0] == state:
                return kept[1]
        place.kept = kept = work_out(state)
        return kept[1]

    def forget(self) -> None:
        """Begin anew, for measuring what a first answer costs."""
        self._place.cache_clear()
