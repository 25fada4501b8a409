"""Writes on the adoption ledger. Each keeps the number of adopters and the search in line.

What is taken over is locked first, then the adoption, and both are looked at again: of two people who act
at the same moment the second is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cities.permissions import roles_of
from practices.adoption import asks, mails
from practices.adoption.counting import bring_in_line, locked_subject, of
from practices.adoption.enums import can_follow, needs_reason
from practices.adoption.permissions import can_confirm_for, makers_of
from practices.checks import next_check
from practices.contacting.actions import NoContactError
from practices.contacting.mails import contact_of
from practices.enums import Status
from practices.models import Adoption, AdoptionStep, BuildingBlock, Practice
from practices.partial_dates import is_before

if TYPE_CHECKING:
    from cities.models import City


class NotOpenError(Exception):
    """What is to be taken over is not published any more."""


class OwnThingError(Exception):
    """A city cannot take over what it has made itself, alone or with others."""


class AlreadyAdoptedError(Exception):
    """The city has entered it before; `adoption` is that entry."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(str(adoption.pk))
        self.adoption = adoption


class WithdrawnError(Exception):
    """The entry was withdrawn meanwhile."""


class ChangedMeanwhileError(Exception):
    """Somebody has saved the entry since it was read."""


class WrongOrderError(Exception):
    """The new stage would begin before the one that it follows: `stage`, since `since`.

    `is_earlier`: not the new one, but the corrected date of the one that it follows.
    """

    def __init__(self, stage: str, since: str, *, is_earlier: bool = False) -> None:
        super().__init__(f"{stage} {since}")
        self.stage, self.since, self.is_earlier = stage, since, is_earlier


class NotTheirsError(Exception):
    """Only managers and leaders of the adopting city confirm."""


class WasInUseError(Exception):
    """What has been in use can only be ended."""


class ReasonMissingError(Exception):
    """A step backwards, or the end, comes with a reason."""


@dataclass(frozen=True)
class Standing:
    """How far a city is, since when (a year or a month), and a few words on it."""

    stage: str
    since: str
    remark: str = ""


@contextmanager
def acting(by: User | None) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk if by else None):
        yield


def adopt(
    *, subject: Practice | BuildingBlock, city: City, standing: Standing, by: User, confirms: bool = False
) -> Adoption:
    """Enter that a city takes something over, or take up again what it had withdrawn.

    With `confirms` nobody is asked, for the caller confirms it in the same transaction.
    Raises NotOpenError, OwnThingError, AlreadyAdoptedError, and what `move` raises.
    """
    with acting(by):
        subject = type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)
        if subject.status != Status.PUBLISHED:
            raise NotOpenError
        if city.pk in makers_of(subject):
            raise OwnThingError
        known = Adoption.objects.filter(**of(subject), city=city).first()
        if known and known.withdrawn_at is None:
            raise AlreadyAdoptedError(known)
        adoption = known or Adoption(**of(subject), city=city, created_by=by)
        if not known and city.pk in roles_of(by):  # others are not the ones to be asked about it
            adoption.contact_user, adoption.contact_name, adoption.contact_email = by, by.name, by.email
        adoption.withdrawn_at = None
        _take_step(adoption, standing, by)
        asks.close(adoption)  # whoever had been asked before it was withdrawn is asked about what holds now
        mails.tell_about(adoption, by=by)
        if not confirms:
            asks.ask_city(adoption, by=by)
    return adoption


def move(
    *, adoption: Adoption, standing: Standing, by: User, earlier: str = "", confirms: bool = False
) -> Adoption:
    """Say that the city has come to another stage, or correct the date or words of the present one.

    `earlier` corrects since when the stage was that this one follows. `confirms` as in `adopt`.
    It has to be confirmed anew. `adoption` is as whoever says so has seen it. Raises WithdrawnError,
    ChangedMeanwhileError, WrongOrderError, WasInUseError and ReasonMissingError.
    """
    seen = adoption.version
    with acting(by):
        subject, adoption = locked(adoption)
        if adoption.version != seen:
            raise ChangedMeanwhileError
        _take_step(adoption, standing, by, earlier)
        bring_in_line(subject)
        if not confirms:
            asks.ask_city(adoption, by=by)
    return adoption


def save_details(
    *, adoption: Adoption, fields: Collection[str], with_numbers: bool, by: User, confirms: bool = False
) -> Adoption:
    """Save what is told beside the stage. Other numbers have to be confirmed anew, other words not.

    Of what is withdrawn nobody is asked to confirm anything. `confirms` as in `adopt`.
    The caller holds what is taken over and the row, in this order, and has compared its version.
    """
    with acting(by):
        columns = {*fields, *_touch(adoption, by)}
        if with_numbers:
            adoption.by_coordination = _speaks_for_another(by, adoption)
            columns |= {"by_coordination", *_open_again(adoption)}
        if "contact_email" in columns:
            known = User.objects.filter(email=adoption.contact_email.lower(), is_active=True).first()
            adoption.contact_user = known if adoption.contact_email else None
            columns.add("contact_user")
        adoption.save(update_fields=columns)
        if with_numbers:
            bring_in_line(locked_subject(adoption))
            if adoption.withdrawn_at is None and not confirms:
                asks.ask_city(adoption, by=by)
    return adoption


def confirm(*, adoption: Adoption, by: User) -> Adoption:
    """Say for the adopting city that all of this holds today.

    `adoption` is as whoever says so has seen it. Raises WithdrawnError, NotTheirsError and
    ChangedMeanwhileError.
    """
    seen = adoption.version
    with acting(by):
        subject, adoption = locked(adoption)
        if not can_confirm_for(by, adoption.city_id):
            raise NotTheirsError
        if adoption.version != seen:
            raise ChangedMeanwhileError
        adoption.confirmed_on = timezone.localdate()
        adoption.first_confirmed_on = adoption.first_confirmed_on or adoption.confirmed_on
        adoption.confirmed_by = by
        adoption.next_check_on = next_check(adoption.confirmed_on)
        adoption.save(update_fields=["confirmed_on", "first_confirmed_on", "confirmed_by", "next_check_on"])
        bring_in_line(subject)
        asks.close(adoption)
    return adoption


def withdraw(*, adoption: Adoption, by: User) -> Adoption:
    """Take the entry back; it stays for its own city and is counted no more. Raises WithdrawnError."""
    with acting(by):
        subject, adoption = locked(adoption)
        adoption.withdrawn_at = timezone.now()
        adoption.save(update_fields={"withdrawn_at", *_open_again(adoption), *_touch(adoption, by)})
        bring_in_line(subject)
        asks.close(adoption)
    return adoption


def connect(*, adoption: Adoption, by: User) -> Adoption:
    """Tell the adopter and an anonymous city, which has agreed to it, of each other; once.

    Raises WithdrawnError, and NoContactError where the write-up names nobody to write to.
    """
    with acting(by):
        _subject, adoption = locked(adoption)
        if adoption.connected_on is None:
            if adoption.practice is None or not contact_of(adoption.practice):
                raise NoContactError
            adoption.connected_on = timezone.localdate()
            adoption.save(update_fields=["connected_on"])
            mails.introduce(adoption)
    return adoption


def lapse(*, adoption_id: int, before: dt.date) -> bool:
    """Count an adoption no more whose question from before that day nobody has answered."""
    with acting(None):
        overdue = Adoption.objects.confirmed().filter(pk=adoption_id, next_check_on__lt=before).first()
        if overdue is None:
            return False
        try:
            subject, adoption = locked(overdue)
        except WithdrawnError:
            return False
        if adoption.next_check_on is None or adoption.next_check_on >= before:
            return False  # somebody has just answered
        adoption.save(update_fields=_open_again(adoption))
        bring_in_line(subject)
    return True


def locked(adoption: Adoption) -> tuple[Practice | BuildingBlock, Adoption]:
    """What is taken over, and the entry as it is now."""
    subject = locked_subject(adoption)
    rows = Adoption.objects.select_related("city", "practice__city", "block__city")
    row = rows.select_for_update(of=("self",)).get(pk=adoption.pk)
    if row.withdrawn_at is not None:
        raise WithdrawnError
    return subject, row


def _take_step(adoption: Adoption, standing: Standing, by: User, earlier: str = "") -> None:
    last = adoption.steps.last() if adoption.pk else None
    is_correction = last is not None and last.stage == standing.stage
    before = _before(last) if is_correction else last
    remark, after = standing.remark.strip(), before.stage if before else ""
    if not can_follow(standing.stage, after=after):
        raise WasInUseError
    if needs_reason(standing.stage, after=after) and not remark:
        raise ReasonMissingError
    if before and earlier:
        _correct(before, earlier)
    if before and is_before(standing.since, before.since):
        raise WrongOrderError(before.stage, before.since)
    adoption.stage, adoption.since, adoption.remark = standing.stage, standing.since, remark
    adoption.by_coordination = _speaks_for_another(by, adoption)
    _touch(adoption, by)
    _open_again(adoption)
    adoption.save()
    step = last if is_correction and last else AdoptionStep(adoption=adoption, by=by)
    step.stage, step.since, step.remark = standing.stage, standing.since, remark
    step.previous_stage, step.previous_since = (before.stage, before.since) if before else ("", "")
    step.save()


def _correct(step: AdoptionStep, since: str) -> None:
    if step.previous_since and is_before(since, step.previous_since):
        raise WrongOrderError(step.previous_stage, step.previous_since, is_earlier=True)
    step.since = since
    step.save(update_fields=["since"])


def _before(step: AdoptionStep | None) -> AdoptionStep | None:
    earlier = AdoptionStep.objects.filter(adoption=step.adoption_id, pk__lt=step.pk) if step else None
    return earlier.last() if earlier is not None else None


def _speaks_for_another(by: User, adoption: Adoption) -> bool:
    """Whether somebody who is not of the adopting city says this: the coordination."""
    return adoption.city_id not in roles_of(by)


def _touch(adoption: Adoption, by: User) -> set[str]:
    adoption.version = (adoption.version + 1) if adoption.pk else 1
    adoption.updated_by = by
    return {"version", "updated_by", "updated_at"}


def _open_again(adoption: Adoption) -> set[str]:
    """What is said now has not been confirmed by anybody yet."""
    adoption.confirmed_on = adoption.confirmed_by = adoption.next_check_on = None
    return {"confirmed_on", "confirmed_by", "next_check_on"}
