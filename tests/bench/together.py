"""Four people write through the real server while others go on searching."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles

from django.http import SimpleCookie

from practices.enums import Status
from tests.bench.client import Answer, Browser, Queries
from tests.bench.environment import ORIGIN
from tests.bench.throughput import HEADERS, Load, Throughput, press
from tests.bench.writing import MANAGERS, Editor


@dataclass
class RemoteBrowser(Browser):
    """Asks the server on loopback instead of this process."""

    port: int = field(default=0, kw_only=True)

    def _ask(self, method: str, address: str, body: bytes) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            **HEADERS,
            "Accept-Encoding": "identity",
            "Origin": ORIGIN,
            "Referer": f"{ORIGIN}/",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        begun = time.perf_counter()
        connection.request(method, address, body or None, headers)
        response = connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        answer = Answer(response.status, dict(response.getheaders()), content, seconds, 0.0, Queries())
        connection.close()
        return answer


@dataclass(frozen=True)
class Together:
    """What readers get while four people save, and how long saving takes; milliseconds."""

    readers: Throughput
    saves: int
    p50: float
    p95: float


def read_while_writing(port: int, load: Load, seconds: float) -> Together | None:
    """None where too few managers have something to write on, or hardly any save was done."""

    def browser(cookies: SimpleCookie) -> Browser:
        return RemoteBrowser(cookies, port=port)

    editor = Editor(browser)
    places: dict[str, list[str]] = {}
    for place in editor.practices(Status.PUBLISHED):
        places.setdefault(place.partition("/")[0], []).append(place)
    if len(places) < MANAGERS:
        return None
    end = time.monotonic() + seconds + 1.0
    with ThreadPoolExecutor(MANAGERS) as pool:
        writers = [pool.submit(_write, editor.save, each, end) for each in places.values()]
        readers = press(port, load, seconds)
        times = [1000 * each for writer in writers for each in writer.result()]
    if len(times) < 2:
        return None
    return Together(readers, len(times), median(times), quantiles(times, n=20, method="inclusive")[18])


def _write(save: Callable[[str], Answer], places: list[str], end: float) -> list[float]:
    """Seconds of every save of one person."""
    times = []
    for place in cycle(places):
        answer = save(place)
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"saving {place} answered {answer.status}")
        times.append(answer.seconds)
        if time.monotonic() > end:
            return times
    return times
