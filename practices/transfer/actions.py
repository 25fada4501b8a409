"""Writing down what a city has clarified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from practices.models import TransferNote

if TYPE_CHECKING:
    from accounts.models import User
    from practices.transfer.forms import ClarifyForm


@transaction.atomic
def clarify(*, form: ClarifyForm, by: User) -> TransferNote:
    """Save a checked form."""
    form.instance.noted_by = by
    with pghistory.context(user=by.pk):
        note: TransferNote = form.save()
    return note


@transaction.atomic
def reopen(*, note: TransferNote, by: User) -> None:
    """The line counts as not clarified again; the history keeps what was said."""
    with pghistory.context(user=by.pk):
        note.delete()
