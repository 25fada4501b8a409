"""The rounds of asking: contact, then deputy, then coordination, each after a pause.

What was asked is a row, so the daily job can be stopped at any point and goes on where it was.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from practices import mails
from practices.enums import Answer, AskLevel, Visibility
from practices.models import ConfirmationAsk, ConfirmationRound, Practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

LINK_DAYS = 90


@dataclass(frozen=True)
class Addressee:
    """Whom to ask next."""

    level: AskLevel
    email: str
    person: User | None = None


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def ask_next(*, practice_id: int) -> ConfirmationAsk | None:
    """Ask the next one about a write-up whose turn it is; None where nobody is to be asked now."""
    practice = (
        Practice.objects.to_ask_about()
        .select_related("city", "contact_user", "deputy_user")
        .select_for_update(of=("self",))
        .filter(pk=practice_id)
        .first()
    )
    if practice is None:
        return None
    current, _is_new = ConfirmationRound.objects.get_or_create(practice=practice, closed_at=None)
    addressee = _next_addressee(practice, list(current.asks.all()))
    if addressee is None:
        return None
    token = secrets.token_urlsafe(32)
    ask = ConfirmationAsk.objects.create(
        round=current,
        level=addressee.level,
        email=addressee.email,
        person=addressee.person,
        expires_at=timezone.now() + timedelta(days=LINK_DAYS),
        token_hash=hash_of(token),
    )
    mails.ask_whether_it_holds(practice, ask=ask, token=token, days=LINK_DAYS)
    return ask


def close(*, practice: Practice, answer: Answer) -> None:
    """End the open round, if there is one; call it in the transaction of what answers it."""
    ConfirmationRound.objects.filter(practice=practice, closed_at=None).update(
        closed_at=timezone.now(), answer=answer
    )


def still_answers(ask: ConfirmationAsk) -> bool:
    """Whether who was asked is still the one to ask; the round's write-up comes with its people."""
    if ask.level == AskLevel.COORDINATION:
        return True
    current = {one.level: one.email.lower() for one in _addressees(ask.round.practice)}
    return current.get(AskLevel(ask.level)) == ask.email.lower()


def _next_addressee(practice: Practice, asks: list[ConfirmationAsk]) -> Addressee | None:
    asked_levels = {ask.level for ask in asks}
    asked_addresses = {ask.email.lower() for ask in asks}
    levels = list(AskLevel)
    latest = max((levels.index(AskLevel(level)) for level in asked_levels), default=-1)
    for one in _addressees(practice):
        if levels.index(one.level) > latest and one.email.lower() not in asked_addresses:
            return one
    return None


def _addressees(practice: Practice) -> Iterator[Addressee]:
    contact = _reachable(practice.contact_email, practice.contact_user)
    if contact:
        yield Addressee(AskLevel.CONTACT, contact, practice.contact_user)
    deputy = _reachable(practice.deputy_email, practice.deputy_user)
    # Of an anonymous write-up nobody but its contact and the coordination hears.
    if deputy and practice.visibility != Visibility.ANONYMOUS:
        yield Addressee(AskLevel.DEPUTY, deputy, practice.deputy_user)
    yield Addressee(AskLevel.COORDINATION, settings.COORDINATION_EMAIL)


def _reachable(email: str, person: User | None) -> str:
    """The address to write to; none where the account behind it is closed."""
    if person is None:
        return email
    return (email or person.email) if person.is_active else ""
