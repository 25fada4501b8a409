"""Killing another process in the middle of what it does, as a machine that fails would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.support.databases import ROOT

LONGEST = 60  # seconds


@contextmanager
def killed_while(code: str, database_url: str, is_in_the_middle: Callable[[], bool]) -> Iterator[None]:
    """Run code in a process of its own until it is in the middle, do the block, then kill it."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url},
    )
    try:
        until = time.monotonic() + LONGEST
        while not is_in_the_middle():
            assert worker.poll() is None, "it ended by itself"
            assert time.monotonic() < until, "it never got there"
            time.sleep(0.1)
        yield
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
