"""Working texts out on other cores. The workers know German and nothing else: no Django, no database."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context, parent_process

from search.analysis.dictionary import dictionary
from search.analysis.vectors import Analysed, Texts, analyse

MOST = 3  # more would only wait for the one connection that writes


class Workers:
    """Processes that analyse, as many as there are cores beside the one of who asks, and one at least.

    Where the machine has no room for them, or they have died, this process does their work.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        # Spawned ones share nothing with this process, least of all its connection.
        number = min(MOST, max(1, (os.cpu_count() or 1) - 1))
        with suppress(OSError):
            self._pool = ProcessPoolExecutor(number, get_context("spawn"), initializer=_prepare)

    def analyse(self, texts: Sequence[Texts]) -> Callable[[], Analysed]:
        """Begin; what is returned waits for the answer."""
        future = self._begin(texts)
        if future is None:
            return lambda: analyse(texts)

        def answer() -> Analysed:
            try:
                return future.result()
            except BrokenExecutor:
                return analyse(texts)

        return answer

    def _begin(self, texts: Sequence[Texts]) -> Future[Analysed] | None:
        if self._pool is None:
            return None
        try:
            return self._pool.submit(analyse, texts)
        except BrokenExecutor:
            return None
        except OSError:
            # Each call starts one more, until they are enough. What those that run have begun they finish.
            self._pool.shutdown(wait=False)
            self._pool = None
            return None

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


def _prepare() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks ends and closes
    threading.Thread(target=_end_with_parent, daemon=True).start()
    dictionary()
    gc.disable()  # nothing here goes in circles


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
