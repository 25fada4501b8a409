"""`make run` and `make dev`: the whole portal in one terminal.

Starts PostgreSQL where DATABASE_URL names none, brings the schema and the demo content up to date, then runs
the web server and the worker until Ctrl-C or until one of them ends.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from ikone import embedded_postgres

STOP_SECONDS = 10
GRANIAN = [
    "--interface",
    "wsgi",
    "--host",
    "127.0.0.1",
    "--workers",
    "2",
    "--blocking-threads",
    "4",
    "--no-ws",
    "--log-level",
    "warning",
]


class StopRequested(BaseException):  # like KeyboardInterrupt: nothing on the way may swallow it
    """Somebody asked the portal to stop."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reload", action="store_true", help="restart the server when code changes")
    options = parser.parse_args()
    port = int(os.environ.get("PORT", "8000"))
    if is_taken(port):
        print(f"Port {port} is in use. Choose another: make run PORT=8001", file=sys.stderr)
        return 1
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        if embedded_postgres.is_wanted():
            print("Starting PostgreSQL …", flush=True)
            os.environ["DATABASE_URL"] = embedded_postgres.start()
        prepare()
        children = [start_worker(), start_server(port, reload=options.reload)]
        wait_until_it_answers(port, children)
        introduce(port)
        return wait_for_the_first_to_end(children)
    except StopRequested:
        print("\nStopping …", flush=True)
        return 0
    finally:
        end(children)


def stop(_signal: int, _frame: FrameType | None) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise StopRequested


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare() -> None:
    """Schema, cache table, translations and demo content; in this process, so that Django is loaded once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ikone.settings")
    import django  # noqa: PLC0415  the settings read DATABASE_URL, which is known only now
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    print("Bringing the database up to date …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    print("Filling in the demo content …", flush=True)
    call_command("load_demo", verbosity=0)

    from django.db import connections  # noqa: PLC0415

    connections.close_all()


def start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"],
        start_new_session=True,  # Ctrl-C reaches this process alone, which stops the others in order
    )


def start_server(port: int, *, reload: bool) -> subprocess.Popen[bytes]:
    if reload:
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"]
    else:
        command = [sys.executable, "-m", "granian", *GRANIAN, "--port", str(port), "ikone.wsgi:application"]
    return subprocess.Popen(command, start_new_session=True)


def wait_until_it_answers(port: int, children: list[subprocess.Popen[bytes]]) -> None:
    while not is_taken(port) and all(child.poll() is None for child in children):
        time.sleep(0.1)


def introduce(port: int) -> None:
    from ikone.demo.accounts import DEMO_LOGINS, DEMO_PASSWORD  # noqa: PLC0415  needs Django's settings

    print(f"\nIKONE runs at http://127.0.0.1:{port}/   (Ctrl-C stops it)\n")
    print(f"Demo logins, password for all: {DEMO_PASSWORD}")
    for email, role in DEMO_LOGINS:
        print(f"  {email:<32} {role}")
    print(f"\nMails that the portal sends: http://127.0.0.1:{port}/postausgang/\n", flush=True)


def wait_for_the_first_to_end(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        for child in children:
            if child.poll() is not None:
                print(f"{child.args!r} ended with {child.returncode}; stopping.", file=sys.stderr)
                return child.returncode or 1
        time.sleep(0.5)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children and all that they started to stop; kill what does not."""
    for child in children:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
