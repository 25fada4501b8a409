"""Reading for searches: no question may keep the database busy for long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

TIMEOUT = 3_000  # milliseconds for one statement


class SearchTooSlow(Exception):  # noqa: N818  what happened, not an error of the program
    """The database took longer than it may; fewer words or more filters help."""


def fetch(sql: str, parameters: Mapping[str, Any], *, by_index: bool = False) -> list[tuple[Any, ...]]:
    """The rows of a statement; `by_index` for one that asks for words.

    The planner does not know what it costs to fetch vectors that are stored out of line, and would look
    through the whole table for a frequent word.

    The limit goes along in the same message and ends with it. Inside a transaction it would stay for all that
    follows, so whoever opens one around a search goes without. SELECT at the beginning tells pghistory that
    nothing is written.
    """
    if not connection.in_atomic_block:
        steer = ", set_config('enable_seqscan', 'off', true)" if by_index else ""
        sql = f"SELECT set_config('statement_timeout', '{TIMEOUT}', true){steer}; {sql}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql, parameters)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise SearchTooSlow from error
            raise
        while cursor.nextset():
            pass
        return cursor.fetchall()
