"""Asks the portal's WSGI application in this process: everything but the network and the server in front."""

from __future__ import annotations

import gzip
import io
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import SimpleCookie
from django.test import Client

from accounts.models import User
from ikone.wsgi import application
from tests.bench.environment import HOST, ORIGIN

HEADERS = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_ACCEPT_LANGUAGE": "de"}


@dataclass
class Queries:
    number: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - begun


@dataclass(frozen=True)
class Answer:
    """What came back, and what it cost.

    `seconds` run from the call to the last byte; `processor_seconds` are those of them in which this thread
    itself worked, which other programs on the machine hardly disturb.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    processor_seconds: float
    queries: Queries

    @property
    def text(self) -> str:
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if is_packed else self.body).decode()


@dataclass
class Browser:
    """A visitor, or a member with a session."""

    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, b"")

    def post(self, address: str, data: Mapping[str, str | list[str]]) -> Answer:
        return self._ask("POST", address, urlencode(data, doseq=True).encode())

    def _cookie(self, name: str) -> str:
        return self.cookies[name].value if name in self.cookies else ""

    def _ask(self, method: str, address: str, body: bytes) -> Answer:
        path, _mark, query = address.partition("?")
        head: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST,
            "HTTP_ORIGIN": ORIGIN,
            "HTTP_REFERER": f"{ORIGIN}/",
            "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
            "HTTP_X_CSRFTOKEN": self._cookie(settings.CSRF_COOKIE_NAME),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **HEADERS,
        }

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            head["status"], head["headers"] = int(status[:3]), headers

        with _counted() as queries:
            begun, begun_to_work = time.perf_counter(), time.thread_time()
            chunks = application(environ, start_response)
            content = b"".join(chunks)
            chunks.close()
            worked = time.thread_time() - begun_to_work
            seconds = time.perf_counter() - begun
        for name, value in head["headers"]:
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        return Answer(head["status"], dict(head["headers"]), content, seconds, worked, queries)


def member(user: User) -> Browser:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(user)
    return Browser(
        SimpleCookie({settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})
    )


@contextmanager
def _counted() -> Iterator[Queries]:
    queries = Queries()
    with connection.execute_wrapper(queries):
        yield queries
