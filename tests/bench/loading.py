"""Bulk loading: COPY of model instances, and indexes that are built once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone


def copy(rows: Iterable[models.Model], model: type[models.Model], *, with_ids: bool = True) -> None:
    """Write instances with COPY: without `save()`, but with all triggers of the database.

    Empty moments of creation and change are now, as `save()` would have it.
    """
    now = timezone.now()
    fields = [
        field for field in model._meta.concrete_fields
        if not field.generated and (with_ids or not field.primary_key)
    ]  # fmt: skip
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    values = [
        (
            field.attname,
            now if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) else None,
        )
        for field in fields
    ]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as target,
    ):
        for row in rows:
            target.write_row(
                [default if (value := getattr(row, name)) is None else value for name, default in values]
            )


def continue_numbering(*copied: type[models.Model]) -> None:
    """Let the next id of each table follow the highest one that was copied."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(copied)):
            cursor.execute(statement)


@contextmanager
def indexes_built_at_the_end(*of: type[models.Model]) -> Iterator[None]:
    """Drop the indexes that the models declare and build them when the block ends."""
    declared = [(model, index) for model in of for index in model._meta.indexes]
    with connection.schema_editor(atomic=False) as editor:
        for model, index in declared:
            editor.remove_index(model, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'")
    with connection.schema_editor(atomic=False) as editor:
        for model, index in declared:
            editor.add_index(model, index)


def wait_for_no_disk() -> None:
    """Do not wait for the disk at every commit of this connection; what is lost is loaded again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
