"""Writes on requests and answers. Each is one transaction with its search entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction

from accounts.models import User
from exchange import mails, search_entry
from exchange.enums import RequestState
from exchange.models import Answer, AnswerPractice, Request
from exchange.querysets import pointable
from practices.models import Practice
from search import misses


class AlreadyAskedError(Exception):
    """A request with this key exists: the same form was sent twice."""


class HasAnswersError(Exception):
    """Somebody has answered, so the request stays to be read; it can be closed."""


class AnswerGoneError(Exception):
    """Somebody removed the answer meanwhile."""


class AnswerChangedError(Exception):
    """Somebody saved the answer meanwhile."""

    def __init__(self, stored: Answer) -> None:
        super().__init__(stored.pk)
        self.stored = stored


class RequestGoneError(Exception):
    """Somebody withdrew the request meanwhile."""


class SettledError(Exception):
    """Its city has said that it needs no more answers."""


@contextmanager
def _acting(by: User) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk):
        yield


def ask(*, request: Request, by: User, miss: str = "") -> mails.Told:
    """Publish a new request and tell who may know something; says whom. Raises AlreadyAskedError.

    `miss` is the search in vain that led to it.
    """
    with _acting(by):
        request.asked_by = request.updated_by = by
        _name_contact(request)
        try:
            with transaction.atomic():
                request.save()
        except IntegrityError:
            key = request.creation_key
            if key and Request.objects.filter(creation_key=key).exists():
                raise AlreadyAskedError from None
            raise
        search_entry.refresh(request)
        if miss:
            misses.forget([miss])
        return mails.tell_about(request, by=by)


def save(*, request: Request, by: User, fields: Collection[str]) -> None:
    """Save `fields`; the caller holds the row and has claimed its next version."""
    with _acting(by):
        request.updated_by = by
        _name_contact(request)
        request.save(update_fields=[*fields, "contact_user", "updated_by", "updated_at", "version"])
        search_entry.refresh(request)


def settle(*, request: Request, by: User, fields: Collection[str], helped: Iterable[Answer] = ()) -> None:
    """Say how it stands and, where it is solved, which answers helped, which their authors hear.

    The caller holds the row.
    """
    chosen = {answer.pk for answer in helped} if request.state == RequestState.SOLVED else set()
    with _acting(by):
        save(request=request, by=by, fields=fields)
        answers = Answer.objects.filter(request=request)
        answers.filter(helped=True).exclude(pk__in=chosen).update(helped=False)
        newly = list(answers.filter(helped=False, pk__in=chosen).select_related("author").order_by("pk"))
        answers.filter(pk__in=[answer.pk for answer in newly]).update(helped=True)
        mails.tell_helpers(newly, request=request, by=by)


def withdraw(*, request: Request, by: User) -> None:
    """Take back what nobody has answered yet. Raises HasAnswersError; twice does no harm."""
    with _acting(by):
        row = _held(request.pk)
        if row is None:
            return
        if row.answers.exists():
            raise HasAnswersError
        row.delete()
        search_entry.withdraw([request.pk])


def answer(*, answer: Answer, practices: Iterable[Practice], by: User) -> Answer:
    """Answer a request and tell who asked. Raises RequestGoneError or SettledError."""
    with _acting(by):
        row = _held(answer.request_id)
        if row is None:
            raise RequestGoneError
        if row.is_settled:
            raise SettledError
        answer.request, answer.author = row, by
        answer.save()
        _link(answer, practices, by)
        search_entry.refresh(row)
        mails.tell_asker(answer, by=by)
    return answer


def change_answer(*, answer: Answer, practices: Iterable[Practice], opened: str, by: User) -> None:
    """Save its text, and to which write-ups it points.

    Raises AnswerChangedError where its state is not the one that was `opened`, and AnswerGoneError.
    """
    with _acting(by):
        # Whoever changes what the entry tells waits here, so that it tells all of it.
        row = _held(answer.request_id)
        stored = Answer.objects.filter(pk=answer.pk).first()
        if row is None or stored is None:
            raise AnswerGoneError
        if stored.state != opened:
            raise AnswerChangedError(stored)
        answer.save(update_fields=["text", "updated_at"])
        _link(answer, practices, by)
        search_entry.refresh(row)


def remove_answer(*, answer: Answer, by: User) -> None:
    """Twice does no harm."""
    with _acting(by):
        row = _held(answer.request_id)
        for stored in Answer.objects.filter(pk=answer.pk):
            stored.delete()
        if row is not None:
            search_entry.refresh(row)


def _link(answer: Answer, practices: Iterable[Practice], by: User) -> None:
    """Point to these write-ups. Links to those that `by` is not shown now stay for when they are back."""
    wanted = [practice.pk for practice in practices]
    for link in answer.links.filter(practice__in=pointable(by)).exclude(practice__in=wanted):
        link.delete()
    linked = set(answer.links.values_list("practice_id", flat=True))
    AnswerPractice.objects.bulk_create(
        AnswerPractice(answer=answer, practice_id=key) for key in dict.fromkeys(wanted) if key not in linked
    )


def _held(pk: int) -> Request | None:
    rows = Request.objects.select_for_update(of=("self",)).select_related("city", "asked_by", "contact_user")
    return rows.filter(pk=pk).first()


def _name_contact(request: Request) -> None:
    """The account behind the address, so that it goes with the account."""
    email = request.contact_email.lower()
    request.contact_user = User.objects.filter(email=email, is_active=True).first() if email else None
