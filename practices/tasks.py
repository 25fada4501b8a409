"""Jobs about write-ups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog
from django.db import InterfaceError, OperationalError

from notifications.jobs import every
from practices.adoption import actions as adoption
from practices.adoption import asks
from practices.confirming.rounds import ask_next
from practices.editing import copies, presence
from practices.files import actions as files
from practices.importing import actions as importing
from practices.islands.finding import look_for_islands
from practices.models import Adoption, Practice

log = structlog.get_logger(__name__)


def each(keys: Iterable[int], act: Callable[[int], object], *, failed: str) -> None:
    """Do it for every key. What goes wrong with one is logged as `failed`; the others have their turn."""
    for key in keys:
        try:
            act(key)
        except (OperationalError, InterfaceError):
            raise  # without the database none of the others would succeed
        except Exception:
            log.exception(failed, pk=key)


@every("41 2 * * *")
def sweep_files() -> None:
    """Delete files that nothing refers to any more."""
    files.sweep()


@every("12 5 * * *")
def ask_whether_write_ups_still_hold() -> None:
    """Ask about what is due; each question is a transaction of its own, so that a stopped run goes on."""
    due = list(Practice.objects.to_ask_about().values_list("pk", flat=True))
    each(due, lambda key: ask_next(practice_id=key), failed="write_up_not_asked_about")


@every("26 5 * * *")
def ask_whether_adoptions_hold() -> None:
    """Ask cities to confirm what they have taken over, and count no more what nobody has answered for."""
    before = asks.lapse_day()
    overdue = Adoption.objects.confirmed().filter(next_check_on__lt=before)
    each(
        list(overdue.values_list("pk", flat=True)),
        lambda key: adoption.lapse(adoption_id=key, before=before),
        failed="adoption_not_lapsed",
    )
    due = list(asks.to_ask_about().values_list("pk", flat=True))
    each(due, lambda key: asks.ask_next(adoption_id=key), failed="adoption_not_asked_about")


@every("37 2 * * *")
def forget_what_was_left_in_the_editor() -> None:
    """Delete unsaved input that nobody came back to, and who had which write-up open."""
    copies.forget_old()
    presence.forget_old()


@every("17 3 * * *")
def forget_uploads() -> None:
    """Delete documents that were uploaded for a write-up and never taken over."""
    importing.expire()


@every("33 * * * *")
def compare_write_ups() -> None:
    """Find what several cities do without knowing of one another."""
    look_for_islands()
