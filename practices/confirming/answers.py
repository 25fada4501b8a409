"""Answers by the link in a mail: for contacts with and without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices import actions
from practices.confirming.rounds import hash_of, still_answers
from practices.models import ConfirmationAsk

if TYPE_CHECKING:
    from accounts.models import User


class NoLongerAskedError(Exception):
    """The link has run out, somebody else has answered, or whoever has it is no longer the contact."""


def ask_of(token: str) -> ConfirmationAsk | None:
    """The question that this link belongs to, open or not."""
    related = ConfirmationAsk.objects.select_related(
        "round__practice__city", "round__practice__contact_user", "round__practice__deputy_user", "person"
    )
    return related.filter(token_hash=hash_of(token)).first()


def is_open(ask: ConfirmationAsk) -> bool:
    return ask.round.closed_at is None and ask.expires_at > timezone.now()


@transaction.atomic
def confirm_by_link(*, ask: ConfirmationAsk, by: User | None) -> None:
    """Confirm the write-up; without an account the step says through which mail it was answered.

    Raises NoLongerAskedError, and StepNotPossibleError where the write-up is not published any more.
    """
    ask = ConfirmationAsk.objects.select_for_update().select_related("round__practice").get(pk=ask.pk)
    if not is_open(ask) or not (by or still_answers(ask)):
        raise NoLongerAskedError
    answered_by = _("Über den Link in der Mail bestätigt: %(who)s.") % {"who": ask.get_level_display()}
    actions.confirm(
        practice=ask.round.practice,
        by=by or (ask.person if ask.person and ask.person.is_active else None),
        remark="" if by else answered_by,
    )
    ask.answered_at = timezone.now()
    ask.save(update_fields=["answered_at"])
