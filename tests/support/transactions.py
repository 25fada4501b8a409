"""Doing things on trial."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def undone() -> Iterator[None]:
    """Take back everything that the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def read_only() -> Iterator[None]:
    """PostgreSQL itself refuses every write in the block, and a lock that only a writer needs."""
    with undone():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
