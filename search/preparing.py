"""Statements that PostgreSQL parses and plans once for each of its connections.

A statement with a dozen subqueries takes longer to parse and plan than to run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Cursor, errors, sql
from psycopg.pq import TransactionStatus

PLACEHOLDER = re.compile("%[%s]")


class PreparingCursor(Cursor[Any]):
    """Sends values apart from their statement, which the connection keeps."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> PreparingCursor:
        options["prepare"] = True
        try:
            return super().execute(query, params, **options)
        except errors.FeatureNotSupported:
            # A migration has changed a column since. Inside a transaction nothing more can be asked.
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")  # psycopg forgets them as well
            return super().execute(query, params, **options)

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)  # where Django looks for what it logs
        return self._query


class Preparing:
    """A connection as a compiler of querysets needs it; what it runs is kept prepared."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        """As Django makes one, with its wrappers and counting of queries."""
        plain = self._connection.cursor()
        plain.cursor = PreparingCursor(plain.cursor.connection)
        return plain


def with_constants(
    statement: str, params: Sequence[Any], places: Collection[int], connection: BaseDatabaseWrapper
) -> str:
    """The statement with all its parameters written out but those at `places`.

    PostgreSQL takes the type of a constant from where it stands, and plans for its value.
    """
    connection.ensure_connection()
    numbers = iter(range(len(params)))

    def filled(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        place = next(numbers)
        if place in places:
            return found[0]
        return sql.Literal(params[place]).as_string(connection.connection).replace("%", "%%")

    return PLACEHOLDER.sub(filled, statement)
