"""Writes on a write-up. Each is one transaction with its workflow step, its search entry and its mails.

`practice` comes from the caller as it was read; steps look at the row again under a lock, so that of two
people who decide at the same moment the second is told.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from practices import mails, search_entry
from practices.checks import next_check
from practices.confirming import rounds
from practices.enums import Answer, Status, Step
from practices.models import Practice, PracticeService, PracticeTopic, WorkflowStep
from practices.sections import missing_fields

if TYPE_CHECKING:
    from cities.models import City
    from topics.models import Service, Topic


class StepNotPossibleError(Exception):
    """The write-up is not where this step begins: somebody was quicker."""


class IncompleteError(Exception):
    """Something that publishing needs is missing; `fields` names it as `missing_fields` does."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class AlreadyCreatedError(Exception):
    """A write-up with this key exists: the same form was sent twice."""


class Unchanged(Enum):
    """Says that a part stays as it is, where None would mean that it goes."""

    KEEP = "keep"


KEEP = Unchanged.KEEP


@dataclass(frozen=True)
class Links:
    """What a write-up is connected with; a part that is not given stays as it is."""

    primary_topic: Topic | Unchanged | None = KEEP
    further_topics: Sequence[Topic] | Unchanged = KEEP
    partner_cities: Sequence[City] | Unchanged = KEEP
    tags: Sequence[str] | Unchanged = KEEP
    services: Sequence[Service] | Unchanged = KEEP


NO_LINKS = Links()
ADDRESSES = {"contact_email", "deputy_email"}


@contextmanager
def _acting(by: User | None) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk if by else None):
        yield


def create(*, practice: Practice, links: Links, by: User, key: uuid.UUID | None = None) -> Practice:
    """Save a new draft. `key` names the form it was written in; AlreadyCreatedError if that is known."""
    with _acting(by):
        practice.status = Status.DRAFT
        practice.creation_key = key
        practice.created_by = practice.updated_by = by
        _link_accounts(practice)
        try:
            with transaction.atomic():
                practice.save()
        except IntegrityError:
            if key and Practice.objects.filter(creation_key=key).exists():
                raise AlreadyCreatedError from None
            raise
        _set_links(practice, links)
        _record(practice, Step.CREATED, by)
    return practice


def save(*, practice: Practice, by: User, fields: Collection[str], links: Links = NO_LINKS) -> Practice:
    """Save `fields` of a write-up and the given links as one version.

    The caller holds the row and compared its version. Empty `fields` are for changes in tables beside it.
    """
    with _acting(by):
        practice.version += 1  # in the same statement as the rest, so that one save is one version
        practice.updated_by = by
        columns = {*fields, "updated_by", "updated_at", "version"}
        if ADDRESSES & columns:
            _link_accounts(practice)
            columns |= {"contact_user", "deputy_user"}
        practice.save(update_fields=columns)
        _set_links(practice, links)
        if practice.status == Status.PUBLISHED:  # others have no entry, and every step out of it withdraws it
            search_entry.refresh(practice)
    return practice


def submit(*, practice: Practice, by: User) -> Practice:
    """Hand a draft in for review and tell those who decide."""
    with _acting(by):
        practice = _locked(practice, Status.DRAFT)
        _require_complete(practice)
        _move(practice, Status.IN_REVIEW)
        _record(practice, Step.SUBMITTED, by)
        mails.tell_managers(practice, by=by)
    return practice


def withdraw(*, practice: Practice, by: User) -> Practice:
    """Take a submitted write-up back before anybody has decided."""
    with _acting(by):
        practice = _locked(practice, Status.IN_REVIEW)
        _move(practice, Status.DRAFT)
        _record(practice, Step.WITHDRAWN, by)
    return practice


def send_back(*, practice: Practice, by: User, remark: str) -> Practice:
    """Return a submitted write-up to its author; `remark` says what to change."""
    if not remark.strip():
        raise ValueError("a returned write-up needs a remark")
    with _acting(by):
        practice = _locked(practice, Status.IN_REVIEW)
        _move(practice, Status.DRAFT)
        _record(practice, Step.RETURNED, by, remark)
        mails.tell_author_returned(practice, by=by, remark=remark)
    return practice


def publish(*, practice: Practice, by: User) -> Practice:
    """Publish a draft or a submitted write-up and let it count as confirmed today."""
    with _acting(by):
        practice = _locked(practice, Status.DRAFT, Status.IN_REVIEW)
        _require_complete(practice)
        practice.published_at = practice.published_at or timezone.now()
        practice.confirmed_on = timezone.localdate()
        practice.next_check_on = next_check(practice.confirmed_on)
        _move(practice, Status.PUBLISHED, "published_at", "confirmed_on", "next_check_on")
        _record(practice, Step.PUBLISHED, by)
        search_entry.refresh(practice)
        mails.tell_author_published(practice, by=by)
    return practice


def archive(*, practice: Practice, by: User, remark: str = "") -> Practice:
    """Take a published write-up out of lists and search; its page stays."""
    with _acting(by):
        practice = _locked(practice, Status.PUBLISHED)
        _move(practice, Status.ARCHIVED)
        _record(practice, Step.ARCHIVED, by, remark)
        rounds.close(practice=practice, answer=Answer.ARCHIVED)
        search_entry.refresh(practice)
        mails.tell_author_archived(practice, by=by, remark=remark.strip())
    return practice


def reopen(*, practice: Practice, by: User, remark: str = "") -> Practice:
    """Make a draft of an archived write-up; `remark` says why."""
    with _acting(by):
        practice = _locked(practice, Status.ARCHIVED)
        _move(practice, Status.DRAFT)
        _record(practice, Step.REOPENED, by, remark)
        mails.tell_author_reopened(practice, by=by, remark=remark.strip())
    return practice


def confirm(*, practice: Practice, by: User | None, remark: str = "") -> Practice:
    """Say that a published write-up still holds today; by a link in a mail also without an account."""
    with _acting(by):
        practice = _locked(practice, Status.PUBLISHED)
        practice.confirmed_on = timezone.localdate()
        practice.next_check_on = next_check(practice.confirmed_on)
        practice.save(update_fields=["confirmed_on", "next_check_on"])
        _record(practice, Step.CONFIRMED, by, remark)
        rounds.close(practice=practice, answer=Answer.CONFIRMED)
        search_entry.refresh(practice)
    return practice


def _locked(practice: Practice, *allowed: Status) -> Practice:
    row = Practice.objects.select_related("city").select_for_update(of=("self",)).get(pk=practice.pk)
    if row.status not in allowed:
        raise StepNotPossibleError
    return row


def _move(practice: Practice, status: Status, *also: str) -> None:
    practice.status = status
    practice.save(update_fields=["status", *also])


def _record(practice: Practice, step: Step, by: User | None, remark: str = "") -> None:
    WorkflowStep.objects.create(practice=practice, step=step, by=by, remark=remark.strip())


def _require_complete(practice: Practice) -> None:
    if missing := missing_fields(practice):
        raise IncompleteError(missing)


def _link_accounts(practice: Practice) -> None:
    """Remember whose accounts the given addresses are, so that they can be asked later."""
    addresses = {practice.contact_email.lower(), practice.deputy_email.lower()} - {""}
    people = {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
    practice.contact_user = people.get(practice.contact_email.lower())
    practice.deputy_user = people.get(practice.deputy_email.lower())


def _set_links(practice: Practice, links: Links) -> None:
    if links.partner_cities is not KEEP:
        practice.partner_cities.set(links.partner_cities)
    if links.tags is not KEEP:
        practice.tags.set(links.tags)
    if links.services is not KEEP:
        _set_services(practice, {service.pk for service in links.services})
    if links.primary_topic is not KEEP or links.further_topics is not KEEP:
        _set_topics(practice, links)


def _set_services(practice: Practice, wanted: set[int]) -> None:
    current = set(practice.service_links.values_list("service_id", flat=True))
    practice.service_links.filter(service__in=current - wanted).delete()
    PracticeService.objects.bulk_create(
        PracticeService(practice=practice, service_id=key) for key in sorted(wanted - current)
    )


def _set_topics(practice: Practice, links: Links) -> None:
    current = dict(practice.topic_links.values_list("topic_id", "is_primary"))
    wanted = dict.fromkeys((key for key, is_primary in current.items() if not is_primary), False)
    if links.further_topics is not KEEP:
        wanted = dict.fromkeys((topic.pk for topic in links.further_topics), False)
    if links.primary_topic is KEEP:
        wanted |= {key: True for key, is_primary in current.items() if is_primary}
    elif links.primary_topic:
        wanted[links.primary_topic.pk] = True
    # First what goes, so that never two topics are the primary one.
    if gone := set(current) - set(wanted):
        practice.topic_links.filter(topic__in=gone).delete()
    for is_primary in (False, True):
        changed = [key for key, now in wanted.items() if now == is_primary and current.get(key, now) != now]
        if changed:
            practice.topic_links.filter(topic__in=changed).update(is_primary=is_primary)
    PracticeTopic.objects.bulk_create(
        PracticeTopic(practice=practice, topic_id=key, is_primary=is_primary)
        for key, is_primary in wanted.items()
        if key not in current
    )
