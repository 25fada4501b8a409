"""The benchmark's own databases, one a size, on the project's PostgreSQL or on that of DATABASE_URL."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import psycopg
from psycopg import sql

from ikone import embedded_postgres
from ikone.embedded_postgres import create_database, with_database
from tests.support.databases import migrations_hash

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# What decides about the rows; when it changes, a filled database is filled anew.
DECIDING = [
    *sorted((HERE / "generator").glob("*.[pt]*")),
    HERE / "filling.py",
    ROOT / "practices" / "search_entry.py",
    *sorted((ROOT / "search" / "analysis").glob("*.[pt]*")),
    ROOT / "practices" / "beside.py",
    ROOT / "search" / "entries.py",
    ROOT / "search" / "entering.py",
]


class BenchDatabase:
    """A database that remembers in its comment what it was filled with."""

    def __init__(self, size: int, register: Path | None) -> None:
        server = os.environ.get("DATABASE_URL") or embedded_postgres.start()
        self.name = f"ikone_bench_{size}"
        self.url = with_database(server, self.name)
        self._server = with_database(server, "postgres")
        digest = hashlib.sha256(f"{migrations_hash()} {size} {register}".encode())
        for file in DECIDING:
            digest.update(file.read_bytes())
        self._content = digest.hexdigest()[:16]

    @property
    def is_filled(self) -> bool:
        with psycopg.connect(self._server) as connection:
            row = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [self.name],
            ).fetchone()
        return row == (self._content,)

    def create_anew(self) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
        create_database(self._server, self.name)

    def mark_filled(self) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(self.name), self._content)
            )
