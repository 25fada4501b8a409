"""Databases of the tests: one migrated template, and clones of it that are dropped at the end.

The server is the one of DATABASE_URL, else the project's own kind in `.data/test-postgres`. Databases are
named after the process that runs pytest, so several runs share a server.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import psycopg
from psycopg import sql

from ikone import embedded_postgres
from ikone.embedded_postgres import with_database

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER_FOLDER = ROOT / ".data" / "test-postgres"
ADVISORY_LOCK = 20_260_000
# Nothing here must survive a crash.
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "'4GB'",
}
TEMPLATES_KEPT = 2


class TestDatabases:
    """Makes and drops databases for one run of pytest; `run` is the pid of its main process."""

    __test__ = False

    def __init__(self, run: str, url: str | None = None) -> None:
        self.run = run
        self._url = url

    @cached_property
    def url(self) -> str:
        """The maintenance database of the server, which is started if nobody named one."""
        if url := self._url or os.environ.get("DATABASE_URL"):
            return with_database(url, "postgres")
        url = embedded_postgres.start(SERVER_FOLDER, "postgres")
        with psycopg.connect(url, autocommit=True) as connection:
            for name, value in FAST_SETTINGS.items():
                connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            connection.execute("SELECT pg_reload_conf()")
        return url

    @cached_property
    def template(self) -> str:
        """Name of a migrated database, made anew when a migration or a pinned library changed."""
        name = f"template_{migrations_hash()}"
        with self._locked() as connection:
            if not exists(connection, name):
                self._build(
                    connection, name, [["migrate", "--verbosity=0"], ["createcachetable"]], source=None
                )
                drop_old_templates(connection)
            drop_leftovers(connection)
        return name

    def clone(self, name: str, *, source: str | None = None) -> str:
        """The URL of a new database of this run, a copy of `source` or of the migrated template."""
        full_name, source = f"test_{self.run}_{name}", source or self.template
        with self._locked() as connection:
            create(connection, full_name, source)
        return with_database(self.url, full_name)

    def filled(self, name: str, *commands: list[str]) -> str:
        """Name of this run's copy of the template in which manage.py ran `commands`; made once a run."""
        full_name, source = f"test_{self.run}_{name}", self.template
        with self._locked() as connection:
            if not exists(connection, full_name):
                self._build(connection, full_name, list(commands), source=source)
        return full_name

    def drop(self, name: str) -> None:
        with self._connected() as connection:
            drop(connection, f"test_{self.run}_{name}")

    def drop_all(self) -> None:
        """Drop what this run made; nothing happens if it made nothing."""
        if "url" in self.__dict__:
            with self._connected() as connection:
                for name in names(connection, f"test_{self.run}_"):
                    drop(connection, name)

    def _build(
        self, connection: psycopg.Connection, name: str, commands: list[list[str]], *, source: str | None
    ) -> None:
        """Create a database, run manage.py's commands in it and give it its name when all went well."""
        unfinished = f"{name}_unfinished"
        drop(connection, unfinished)
        create(connection, unfinished, source)
        url = with_database(self.url, unfinished)
        for command in commands:
            subprocess.run(
                [sys.executable, ROOT / "manage.py", *command],
                env={**os.environ, "IKONE_ENV": "test", "DATABASE_URL": url},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
        )

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            yield connection

    @contextmanager
    def _locked(self) -> Iterator[psycopg.Connection]:
        """One at a time, whichever run: a template in the making must not be copied or made twice."""
        with self._connected() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
            yield connection


def migrations_hash() -> str:
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements" / "base.txt"]
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def names(connection: psycopg.Connection, prefix: str) -> list[str]:
    """Databases whose name begins with `prefix`, oldest first."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [prefix]
    )
    return [row[0] for row in rows]


def exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def create(connection: psycopg.Connection, name: str, source: str | None) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(source or "template1")
        )
    )


def drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_old_templates(connection: psycopg.Connection) -> None:
    for name in names(connection, "template_")[:-TEMPLATES_KEPT]:
        drop(connection, name)


def drop_leftovers(connection: psycopg.Connection) -> None:
    """Databases of runs that were killed; those of other machines look alive as long as they are in use."""
    in_use = {row[0] for row in connection.execute("SELECT DISTINCT datname FROM pg_stat_activity")}
    for name in names(connection, "test_"):
        run = name.split("_")[1]
        if name not in in_use and run.isdigit() and not is_alive(int(run)):
            drop(connection, name)


def is_alive(pid: int) -> bool:
    with suppress(PermissionError):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
    return True


if __name__ == "__main__":
    # What every run begins with; `run_checks` has it made while something else is checked.
    TestDatabases(run=str(os.getpid())).template  # noqa: B018
