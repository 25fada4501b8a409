"""Reading for searches: no question may keep the database busy for long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

TIMEOUT = 3_000  # milliseconds for one statement


class SearchTooSlow(Exception):  # noqa: N818  what happened, not an error of the program
    """The database took longer than it may; fewer words or more filters help."""


def fetch(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement. The limit goes along in the same message and ends with it."""
    limited = f"SET LOCAL statement_timeout = {TIMEOUT}; {sql}; SET LOCAL statement_timeout = DEFAULT"
    with connection.cursor() as cursor:
        try:
            cursor.execute(limited, parameters)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise SearchTooSlow from error
            raise
        cursor.nextset()
        return cursor.fetchall()
