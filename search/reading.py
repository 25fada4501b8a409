"""Reading for searches: no question may keep the database busy for long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from search.preparing import Preparing

TIMEOUT = 3_000  # milliseconds for one statement
# An entry taken whole by a subquery (with OFFSET 0, so that it stays one) has its vector fetched once. Every
# look at the column itself would fetch it anew from where it is stored.
WHOLE, VECTOR = "search_entry AS whole", "(whole).words"
Rows = list[tuple[Any, ...]]
Settings = Mapping[str, str]


class SearchTooSlow(Exception):  # noqa: N818  what happened, not an error of the program
    """The database took longer than it may; fewer words or more filters help."""


def fetch(sql: str, parameters: Mapping[str, Any], *, by_index: bool = False) -> Rows:
    """The rows of a statement; `by_index` for one that asks for words.

    The planner does not know what it costs to fetch vectors that are stored out of line: for a frequent word
    it would look through the whole table, and where few rows will do it would walk along another index in the
    hope to meet some soon.
    """
    return fetch_each(
        [({"enable_seqscan": "off", "enable_indexscan": "off"} if by_index else {}, sql)], parameters
    )[0]


def fetch_kept(sql: str, parameters: Mapping[str, Any]) -> Rows:
    """The rows of a statement that every search asks, that never takes long, and that is kept prepared."""
    with Preparing(connection).cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: Rows = cursor.fetchall()
    return rows


def fetch_each(statements: Sequence[tuple[Settings, str]], parameters: Mapping[str, Any]) -> list[Rows]:
    """The rows of each statement, which goes with settings of the database; all in one message.

    Settings and the limit end with the message. Inside a transaction they would stay for all that follows, so
    whoever opens one around a search goes without. SELECT at the beginning tells pghistory that nothing is
    written.
    """
    sets_values = not connection.in_atomic_block
    sql = "; ".join(
        f"{_set(settings) if sets_values else 'SELECT 1'}; {statement}" for settings, statement in statements
    )
    results: list[Rows] = []
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql, parameters)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise SearchTooSlow from error
            raise
        cursor.set_result(0)  # pghistory goes to the last one
        results.append(cursor.fetchall())
        while cursor.nextset():
            results.append(cursor.fetchall())
    return results[1::2]


def _set(settings: Settings) -> str:
    everywhere = {"statement_timeout": str(TIMEOUT), "jit": "off"}  # to compile takes longer than to run
    values = (f"set_config('{name}', '{value}', true)" for name, value in {**everywhere, **settings}.items())
    return f"SELECT {', '.join(values)}"
