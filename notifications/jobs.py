"""Background jobs: the one module that knows procrastinate.

A job is entered in the caller's transaction, so it exists only if what caused it was committed;
`manage.py procrastinate worker` runs it after that. Apps define their jobs in `tasks.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec

import structlog
from asgiref.sync import async_to_sync
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as ProcrastinateJob
from procrastinate.jobs import Status
from procrastinate.tasks import Task

log = structlog.get_logger(__name__)
P = ParamSpec("P")

# Seconds between tries: 4, 16, 64 … 18 hours; the tenth try comes about a day after the first.
GROWING_PAUSES = RetryStrategy(max_attempts=9, exponential_wait=4)


class Job(Generic[P]):
    """A function that a worker calls. Its arguments are JSON and end up in logs: pass ids, no secrets."""

    def __init__(self, task: Task[P, None, P]) -> None:
        self._task = task

    def later(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Have it done once the running transaction is committed; arguments by keyword only."""
        self._task.defer(*args, **kwargs)


def job(*, retry: RetryStrategy | None = None) -> Callable[[Callable[P, None]], Job[P]]:
    """Turn a function into a job; a failure is final unless `retry` says otherwise."""

    def decorate(function: Callable[P, None]) -> Job[P]:
        return Job(app.task(retry=retry or False)(function))

    return decorate


def every(cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function at the times of a cron expression (UTC), once for all workers together."""

    def decorate(function: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            function()

        name = f"{function.__module__}.{function.__qualname__}"
        task: Task[Concatenate[int, ...], None, Any] = app.task(name=name, queueing_lock=name)(run)
        app.periodic(cron=cron)(task)
        return function

    return decorate


def forget_finished(*, days: int) -> None:
    """Delete jobs that ended longer ago, however they ended."""
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=days * 24, include_failed=True, include_cancelled=True, include_aborted=True
    )


def run_waiting() -> int:
    """Run every job that is due, here and on this connection; returns how many. For tests and demos."""
    manager = app.job_manager
    worker_id = async_to_sync(manager.register_worker)()
    count = 0
    while waiting := async_to_sync(manager.fetch_job)(queues=None, worker_id=worker_id):
        count += 1
        task = app.tasks[waiting.task_name]
        try:
            task.func(**_arguments(waiting))
        except Exception as error:
            log.exception("job_failed", job=waiting.task_name)
            again = task.get_retry_exception(exception=error, job=waiting)
            if again:
                async_to_sync(manager.retry_job)(waiting, retry_at=again.retry_decision.retry_at)
            else:
                async_to_sync(manager.finish_job)(waiting, status=Status.FAILED, delete_job=False)
        else:
            async_to_sync(manager.finish_job)(waiting, status=Status.SUCCEEDED, delete_job=False)
    async_to_sync(manager.unregister_worker)(worker_id)
    return count


def _arguments(waiting: ProcrastinateJob) -> dict[str, Any]:
    """Django's connection leaves JSON as text."""
    arguments: Any = waiting.task_kwargs
    return json.loads(arguments) if isinstance(arguments, str) else arguments


def run_worker_until_idle() -> None:
    """A worker like that of `manage.py procrastinate worker`, on its own connections; ends without work."""
    connector = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
        worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
