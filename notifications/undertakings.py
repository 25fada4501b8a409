"""Big jobs that somebody waits for: in the background, with progress, all or nothing.

An app registers a function under a name and starts it in the transaction of the request. A worker runs it in
one transaction, at whose end the row says that it is done; so whatever stops the worker leaves nothing half
done, and a minute later another worker begins anew. How far it is goes over a connection of its own, since
nobody else sees what the transaction has not committed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.jobs import job
from notifications.models import Undertaking, UndertakingState

log = structlog.get_logger(__name__)

MOST_TRIES = 5
PAUSE = 0.3  # seconds between two reports
TAKE = "SELECT pg_try_advisory_xact_lock(hashtext('notifications_undertaking'), %s)"
TELL = "UPDATE notifications_undertaking SET {} WHERE id = %s"


class Refusal(Exception):  # noqa: N818  what happened, not an error of the program
    """It cannot be done, and trying again would not help; the text is for people."""


class Work:
    """What a registered function gets: its arguments, who asked, and a way to say how far it is."""

    def __init__(self, undertaking: Undertaking) -> None:
        self.arguments: dict[str, Any] = undertaking.arguments
        self.asked_by = undertaking.asked_by
        self._id = undertaking.pk
        self._told = 0.0
        self._line = connection.copy()

    def report(self, done: int, total: int, step: str = "") -> None:
        """Cheap enough to be called for every batch: it writes a few times a second at most."""
        now = time.monotonic()
        if now - self._told < PAUSE and done < total:
            return
        self._told = now
        self._tell("step = %s, done = %s, total = %s", step, done, total)

    def begin(self) -> None:
        self._tell("started_at = %s, tries = tries + 1", timezone.now())

    def close(self) -> None:
        self._line.close()

    def _tell(self, columns: str, *values: Any) -> None:
        with self._line.cursor() as cursor:
            cursor.execute(TELL.format(columns), [*values, self._id])


Function = Callable[[Work], dict[str, Any] | None]
_functions: dict[str, Function] = {}


def register(kind: str, function: Function) -> None:
    """Enter what is to be done; called from an app's `ready()`. What it returns is kept as `result`:

    `text` is shown to people, a post to `undo_url` takes it back.
    """
    _functions[kind] = function


def start(
    kind: str, *, title: str, arguments: dict[str, Any], asked_by: int | None, url: str = ""
) -> Undertaking:
    """Have it done after the running transaction; `url` is where people go on afterwards."""
    if kind not in _functions:
        raise ValueError(f"no undertaking {kind!r}")
    made = Undertaking.objects.create(
        kind=kind, title=title[:200], arguments=arguments, asked_by=asked_by, url=url
    )
    carry_out.later(undertaking_id=made.pk)
    return made


@job()
def carry_out(*, undertaking_id: int) -> None:
    run(undertaking_id)


def run(undertaking_id: int) -> None:
    """Do it, unless it is done already or somebody else is at it. A lost connection is raised."""
    try:
        with transaction.atomic():
            if not _take(undertaking_id):
                return
            undertaking = Undertaking.objects.waiting().filter(pk=undertaking_id).first()
            if undertaking is not None:
                _do(undertaking)
    except Refusal as refusal:
        _fail(undertaking_id, str(refusal))
    except (OperationalError, InterfaceError):
        raise  # the row still waits, and the next minute tries again
    except Exception:
        log.exception("undertaking_failed", undertaking=undertaking_id)
        _fail(undertaking_id, _("Dabei ist ein Fehler aufgetreten. Es wurde nichts verändert."))


def _take(undertaking_id: int) -> bool:
    """Keep others from doing the same until the transaction ends, without locking the row."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [undertaking_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def _do(undertaking: Undertaking) -> None:
    if undertaking.tries >= MOST_TRIES:
        raise Refusal(_("Es wurde mehrmals unterbrochen. Es wurde nichts verändert."))
    work = Work(undertaking)
    try:
        work.begin()
        result = _functions[undertaking.kind](work) or {}
    finally:
        work.close()
    Undertaking.objects.filter(pk=undertaking.pk).update(
        state=UndertakingState.DONE, result=result, finished_at=timezone.now()
    )


def _fail(undertaking_id: int, text: str) -> None:
    Undertaking.objects.waiting().filter(pk=undertaking_id).update(
        state=UndertakingState.FAILED, error=text, finished_at=timezone.now()
    )


@transaction.atomic
def try_again(*, undertaking: Undertaking) -> None:
    """Begin a failed one anew."""
    failed = Undertaking.objects.filter(pk=undertaking.pk, state=UndertakingState.FAILED)
    if failed.update(state=UndertakingState.WAITING, error="", tries=0, finished_at=None, done=0, total=0):
        carry_out.later(undertaking_id=undertaking.pk)
