"""Working texts out on other cores. The workers know German and nothing else: no Django, no database."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process

from search.analysis.dictionary import dictionary
from search.analysis.vectors import Analysed, Texts, analyse

MOST = 3  # more would only wait for the one connection that writes


class Workers:
    """Processes that analyse, as many as there are cores beside the one of who asks, and one at least."""

    def __init__(self) -> None:
        # Spawned ones share nothing with this process, least of all its connection.
        number = min(MOST, max(1, (os.cpu_count() or 1) - 1))
        self._pool = ProcessPoolExecutor(number, get_context("spawn"), initializer=_prepare)

    def analyse(self, texts: Sequence[Texts]) -> Callable[[], Analysed]:
        """Begin; what is returned waits for the answer. Where workers have died, this process does it."""
        try:
            future = self._pool.submit(analyse, texts)
        except BrokenExecutor:
            return lambda: analyse(texts)

        def answer() -> Analysed:
            try:
                return future.result()
            except BrokenExecutor:
                return analyse(texts)

        return answer

    def close(self) -> None:
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
