"""Jobs about write-ups."""

from notifications.jobs import every
from practices.confirming.rounds import ask_next
from practices.editing import copies, presence
from practices.files import actions as files
from practices.importing import actions as importing
from practices.models import Practice


@every("41 2 * * *")
def sweep_files() -> None:
    """Delete files that nothing refers to any more."""
    files.sweep()


@every("12 5 * * *")
def ask_whether_write_ups_still_hold() -> None:
    """Ask about what is due; each question is a transaction of its own, so that a stopped run goes on."""
    for practice_id in list(Practice.objects.to_ask_about().values_list("pk", flat=True)):
        ask_next(practice_id=practice_id)


@every("37 2 * * *")
def forget_what_was_left_in_the_editor() -> None:
    """Delete unsaved input that nobody came back to, and who had which write-up open."""
    copies.forget_old()
    presence.forget_old()


@every("17 3 * * *")
def forget_uploads() -> None:
    """Delete documents that were uploaded for a write-up and never taken over."""
    importing.expire()
