"""The real server for browser tests: granian and the worker, on a database of their own."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.staticfiles.finders import get_finders

from ikone.portal import GRANIAN
from tests.support.databases import ROOT

START_SECONDS = 60


@dataclass
class Portal:
    """A running portal: where it answers and where it keeps its data."""

    url: str
    database_url: str
    server: subprocess.Popen[bytes] | None = None
    start_again: Callable[[], subprocess.Popen[bytes]] | None = None

    def kill(self) -> None:
        """End the server as a power cut does."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(10)

    def restart(self) -> None:
        """Start the server that was killed, at the same address."""
        assert self.start_again is not None
        self.server = self.start_again()
        assert answers(self.url, self.server)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database_url: str, port: int) -> dict[str, str]:
    """As `make run` has it: the production server with cookies and redirects relaxed for loopback."""
    return {
        **os.environ,
        "IKONE_ENV": "local",
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        # The demo does without, so that its logins can be tried; the portal proper does not.
        "COORDINATORS_NEED_SECOND_FACTOR": "true",
        "PYTHONWARNINGS": "default",
    }


def collect_static() -> None:
    """Bring the collected static files up to date; if they are, nothing is touched that others serve."""
    folder = ROOT / ".data"
    folder.mkdir(exist_ok=True)
    with (folder / "collectstatic.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if are_collected():
            return
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"],
            cwd=ROOT,
            env={**os.environ, "IKONE_ENV": "local"},
            check=True,
        )


def are_collected() -> bool:
    """Whether the manifest, which is written last, knows every static file as it is now."""
    manifest = ROOT / ".data" / "static" / "staticfiles.json"
    if not manifest.exists():
        return False
    known, written = json.loads(manifest.read_text())["paths"], manifest.stat().st_mtime
    return all(
        name in known and os.path.getmtime(storage.path(name)) <= written
        for finder in get_finders()
        for name, storage in finder.list(["CVS", ".*", "*~"])  # what `collectstatic` leaves out
    )


@contextmanager
def running_portal(database_url: str) -> Iterator[Portal]:
    """Server and worker from start to stop; fails with the log's end if the server does not answer."""
    port = free_port()
    log = ROOT / ".data" / f"browser-tests-{port}.log"
    commands = [
        [
            sys.executable,
            "-m",
            "granian",
            *GRANIAN,
            "--workers",
            "1",
            "--port",
            str(port),
            "ikone.wsgi:application",
        ],
        [sys.executable, "manage.py", "procrastinate", "worker"],
    ]
    children: list[subprocess.Popen[bytes]] = []

    def start(command: list[str]) -> subprocess.Popen[bytes]:
        with log.open("a") as output:
            child = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(database_url, port),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        children.append(child)
        return child

    for command in commands:
        start(command)
    portal = Portal(
        f"http://127.0.0.1:{port}", database_url, children[0], start_again=lambda: start(commands[0])
    )
    try:
        if not answers(portal.url, children[0]):
            raise AssertionError(f"The server does not answer:\n{log.read_text()[-3000:]}")
        yield portal
    finally:
        for child in children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
        for child in children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
        log.unlink()


def answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False
