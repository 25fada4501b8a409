"""Writes about questions to a city. Nobody but the coordination learns which city is asked anonymously."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from practices.contacting import mails
from practices.enums import RequestState, Visibility
from practices.models import ContactRequest, Practice

MOST_A_DAY = 20


class TooManyError(Exception):
    """This person has asked very often today."""


class NoContactError(Exception):
    """An anonymous write-up without a contact: the coordination speaks to the city itself."""


class NotWaitingError(Exception):
    """Somebody else has passed it on or answered it meanwhile."""


@transaction.atomic
def ask(*, practice: Practice, text: str, by: User, key: uuid.UUID) -> ContactRequest:
    """Send a question, once for each `key`. Raises TooManyError."""
    is_anonymous = practice.visibility == Visibility.ANONYMOUS
    state = RequestState.WAITING if is_anonymous else RequestState.DIRECT
    request, is_new = note(practice=practice, text=text if is_anonymous else "", state=state, by=by, key=key)
    if not is_new:
        return request
    if is_anonymous:
        mails.tell_coordination(request)
    else:
        mails.send_to_city(practice, text=text, sender=by, reply_to=by.email)
        mails.send_copy(practice, text=text, sender=by)
    return request


@transaction.atomic
def note(
    *, practice: Practice, text: str, state: RequestState, by: User, key: uuid.UUID
) -> tuple[ContactRequest, bool]:
    """Note that a question goes out; whether it is new, or this form was sent before. Raises TooManyError."""
    # One at a time for each person, so that many at once do not slip past the count.
    User.objects.select_for_update().get(pk=by.pk)
    if known := ContactRequest.objects.filter(key=key, sender=by).first():
        return known, False
    since = timezone.now() - timedelta(days=1)
    if ContactRequest.objects.filter(sender=by, sent_at__gt=since).count() >= MOST_A_DAY:
        raise TooManyError
    try:
        with transaction.atomic():
            return ContactRequest.objects.create(
                practice=practice, sender=by, text=text, state=state, key=key
            ), True
    except IntegrityError:  # a key that somebody else has used
        raise TooManyError from None


@transaction.atomic
def pass_on(*, request: ContactRequest, by: User) -> None:
    """Send the question to the contact, whose answer comes to the coordination.

    Raises NotWaitingError, and NoContactError where an anonymous write-up has nobody to write to.
    """
    request = _locked(request, RequestState.WAITING)
    practice = request.practice
    if practice.visibility == Visibility.ANONYMOUS and not mails.contact_of(practice):
        raise NoContactError
    _move(request, RequestState.PASSED_ON, by)
    mails.send_to_city(
        request.practice, text=request.text, sender=request.sender, reply_to=settings.COORDINATION_EMAIL
    )


@transaction.atomic
def answer(*, request: ContactRequest, text: str, by: User) -> None:
    """Give the asker an answer without naming the city. Raises NotWaitingError."""
    request = _locked(request, RequestState.WAITING, RequestState.PASSED_ON)
    request.answer = text
    _move(request, RequestState.ANSWERED, by)
    mails.send_answer(request)


def _locked(request: ContactRequest, *allowed: RequestState) -> ContactRequest:
    rows = ContactRequest.objects.select_for_update(of=("self",))
    row = rows.select_related("practice__city", "practice__contact_user", "sender").get(pk=request.pk)
    if row.state not in allowed:
        raise NotWaitingError
    return row


def _move(request: ContactRequest, state: RequestState, by: User) -> None:
    request.state = state
    request.handled_by, request.handled_at = by, timezone.now()
    request.save(update_fields=["state", "answer", "handled_by", "handled_at"])
