"""How the database compares names, for texts that are not stored yet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def folds(texts: Iterable[str]) -> dict[str, str]:
    """The folded form of each text as generated columns have it. One query."""
    given = sorted(set(texts))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, ikone_fold(text) FROM unnest(%s::text[]) AS text", [given])
        return dict(cursor.fetchall())
