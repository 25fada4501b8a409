"""Eight clients at once against the real server on loopback: threads with kept-alive connections."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from ikone.portal import GRANIAN, is_taken
from tests.bench.environment import HOST

CLIENTS = 8
SECONDS = 6.0
SECONDS_WARM_UP = 0.05  # for each address
START_SECONDS = 30
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip", "Accept-Language": "de"}


@dataclass(frozen=True)
class Load:
    """What the clients ask for, all of them beginning at another place."""

    name: str
    addresses: Sequence[str]
    cookie: str = ""


@dataclass(frozen=True)
class Throughput:
    """Times in milliseconds as the clients saw them."""

    name: str
    per_second: float
    p50: float
    p95: float
    failed: int


@contextmanager
def server(log: Path) -> Iterator[tuple[int, int]]:
    """The portal's web server as `make run` starts it: the free port it has taken, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), "ikone.wsgi:application"]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
        try:
            deadline = time.monotonic() + START_SECONDS
            while not is_taken(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start; see {log}")
                time.sleep(0.1)
            yield port, process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(START_SECONDS)


def press(port: int, load: Load, seconds: float = SECONDS) -> Throughput:
    """All clients ask one thing after another for so many seconds, after everything was asked for some times,
    so that most of it is remembered by all of the server's processes.
    """
    with ThreadPoolExecutor(CLIENTS) as pool:
        warm_up = max(1.0, len(load.addresses) * SECONDS_WARM_UP)
        list(pool.map(lambda place: _client(port, load, place, warm_up), range(CLIENTS)))
        begun = time.monotonic()
        runs = list(pool.map(lambda place: _client(port, load, place, seconds), range(CLIENTS)))
        passed = time.monotonic() - begun
    times = [1000 * each for run, _failed in runs for each in run]
    return Throughput(
        load.name,
        per_second=len(times) / passed,
        p50=median(times),
        p95=quantiles(times, n=20, method="inclusive")[18],
        failed=sum(failed for _run, failed in runs),
    )


def _client(port: int, load: Load, place: int, seconds: float) -> tuple[list[float], int]:
    """Seconds of every request, and how many answers were no 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {**HEADERS, "Cookie": load.cookie} if load.cookie else HEADERS
    times, failed, end = [], 0, time.monotonic() + seconds
    for address in islice(cycle(load.addresses), place * len(load.addresses) // CLIENTS, None):
        begun = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - begun)
        failed += answer.status != http.client.OK
        if time.monotonic() > end:
            break
    connection.close()
    return times, failed
