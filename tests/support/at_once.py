"""What somebody else does in the middle of a transaction that is not over yet."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import Any

from django.db import connection, connections

LONGEST = 20  # seconds
WAITS = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def begun(call: Callable[..., Any], *arguments: Any, **more: Any) -> Future[Any]:
    """Begin a call on a connection of its own and come back once it waits for this transaction, or is over.

    Needs a test outside a transaction. `result(LONGEST)` of what is returned is what came of the call.
    """
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call(*arguments, **more))
        except BaseException as error:
            future.set_exception(error)
        finally:
            connections.close_all()

    Thread(target=run).start()
    until = time.monotonic() + LONGEST
    while not (future.done() or _is_waited_for()):
        assert time.monotonic() < until, "it neither ended nor waits"
        time.sleep(0.01)
    return future


def _is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        [found] = cursor.fetchone()
    return bool(found)
