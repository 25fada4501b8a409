"""New write-ups in few statements, each with a list for every column instead of a row for every write-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, TextField

from practices.models import Practice

INSERT = """
    INSERT INTO {table} ({columns})
    SELECT {values} FROM unnest({lists}) WITH ORDINALITY AS given ({names}, place) ORDER BY place
    RETURNING id
"""


def insert(practices: Sequence[Practice]) -> None:
    """What `bulk_create` does, in half the time: half of the many columns are alike in all rows of a file.

    Such a column is sent once. Columns that are arrays themselves must be alike.
    """
    if not practices:
        return
    quote = connection.ops.quote_name
    columns: list[str] = []
    values: list[str] = []
    lists: list[str] = []
    names: list[str] = []
    once: list[Any] = []
    each: list[list[Any]] = []
    for field in _fields():
        stored = [_stored(field, practice) for practice in practices]
        columns.append(quote(field.column))
        if names and all(value == stored[0] for value in stored):
            values.append(f"%s::{_type(field)}")
            once.append(stored[0])
        else:
            names.append(quote(field.column))
            values.append(f"given.{names[-1]}")
            lists.append(f"%s::{_type(field)}[]")
            each.append(stored)
    sql = INSERT.format(
        table=quote(Practice._meta.db_table),
        columns=", ".join(columns),
        values=", ".join(values),
        lists=", ".join(lists),
        names=", ".join(names),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*once, *each])
        for practice, (key,) in zip(practices, cursor.fetchall(), strict=True):
            practice.pk = key


def _fields() -> list[Field[Any, Any]]:
    return [field for field in Practice._meta.concrete_fields if not field.primary_key]


def _stored(field: Field[Any, Any], practice: Practice) -> Any:
    return field.get_db_prep_save(field.pre_save(practice, add=True), connection)


def _type(field: Field[Any, Any]) -> str:
    """Text has no length here: a cast would cut off what is too long instead of refusing it."""
    if isinstance(field, CharField | TextField):
        return "text"
    found = field.db_type(connection)
    assert found is not None  # noqa: S101  only relations of several rows have none
    return found
