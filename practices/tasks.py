"""Jobs about write-ups."""

from notifications.jobs import every
from practices.adoption import actions as adoption
from practices.adoption import asks
from practices.confirming.rounds import ask_next
from practices.editing import copies, presence
from practices.files import actions as files
from practices.importing import actions as importing
from practices.islands.finding import look_for_islands
from practices.models import Adoption, Practice


@every("41 2 * * *")
def sweep_files() -> None:
    """Delete files that nothing refers to any more."""
    files.sweep()


@every("12 5 * * *")
def ask_whether_write_ups_still_hold() -> None:
    """Ask about what is due; each question is a transaction of its own, so that a stopped run goes on."""
    for practice_id in list(Practice.objects.to_ask_about().values_list("pk", flat=True)):
        ask_next(practice_id=practice_id)


@every("26 5 * * *")
def ask_whether_adoptions_hold() -> None:
    """Ask cities to confirm what they have taken over, and count no more what nobody has answered for."""
    before = asks.lapse_day()
    overdue = Adoption.objects.confirmed().filter(next_check_on__lt=before)
    for adoption_id in list(overdue.values_list("pk", flat=True)):
        adoption.lapse(adoption_id=adoption_id, before=before)
    for adoption_id in list(asks.to_ask_about().values_list("pk", flat=True)):
        asks.ask_next(adoption_id=adoption_id)


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
