"""What waits for one person among write-ups. Several panels show it; one query reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, Now
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from cities.models import City
from cities.permissions import city_ids_of, is_coordinator
from cities.readers import KeptForReaders
from practices.adoption.compact import adoption_of, compact_row
from practices.blocks.enums import BlockStatus
from practices.enums import RequestState, Status, Step, Visibility
from practices.models import (
    Adoption,
    BuildingBlock,
    ContactRequest,
    Practice,
    WorkflowStep,
    WorkingCopy,
    slug_of,
)
from practices.permissions import can_write_any
from topics.permissions import managed_city_ids

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST, MOST_QUESTIONS, MOST_BLOCKS = 10, 5, 5
ANSWERABLE = dt.timedelta(days=60)  # for so long a question to the city is shown
ALL = KeptForReaders()
DATED = JSONObject(
    pk="pk", title="title", city="city__name", confirmed_on="confirmed_on", next_check_on="next_check_on"
)


@dataclass(frozen=True)
class Row:
    """A write-up in a list of tasks."""

    pk: int
    title: str
    last_step: str = ""
    last_remark: str = ""
    confirmed_on: dt.date | None = None
    next_check_on: dt.date | None = None
    city: str = ""

    @property
    def url(self) -> str:
        return reverse("practices:detail", args=[self.pk, slug_of(self.title)])


@dataclass(frozen=True)
class Question:
    """A question of this person to a city."""

    practice: Row
    sent_at: dt.datetime
    state: str
    answer: str


@dataclass(frozen=True)
class Received:
    """A question to one's own city. Its text went out as a mail and is not kept."""

    practice: Row
    sender: str
    email: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class Waiting:
    """Own drafts that came back, what is to be decided, confirmed or given a contact, and questions.

    `adoptions` wait for this person's confirmation: up to MOST and one more. `blocks` are to be published: up
    to MOST_BLOCKS and one more.
    """

    returned: list[Row]
    to_decide: int
    due: list[Row]
    orphans: int
    questions: list[Question]
    received: list[Received]
    adoptions: list[Adoption]
    blocks: list[BuildingBlock]
    unsaved: list[WorkingCopy]


def waiting_for(request: HttpRequest) -> Waiting:
    """Read once a request."""
    known: Waiting | None = getattr(request, "_waiting_write_ups", None)
    if known is None:
        known = _read(request.user)
        request._waiting_write_ups = known  # type: ignore[attr-defined]
    return known


def _rows_for(user: Any) -> models.QuerySet[User, dict[str, Any]]:
    """One row with everything."""
    steps = WorkflowStep.objects.filter(practice=OuterRef("pk"))
    returned = (
        Practice.objects.visible_to(user)
        .filter(created_by=OuterRef("pk"), status=Status.DRAFT)
        .annotate(last_step=Subquery(steps.values("step")[:1]), remark=Subquery(steps.values("remark")[:1]))
        .filter(last_step__in=[Step.RETURNED, Step.REOPENED])
        .order_by("-pk")
        .values(row=JSONObject(pk="pk", title="title", last_step="last_step", last_remark="remark"))
    )
    asked = Q(contact_user=OuterRef("pk")) | Q(deputy_user=OuterRef("pk"))
    due = Practice.objects.due().filter(asked).order_by("next_check_on", "pk")
    # A write-up that is a draft again is its city's own affair.
    readable = Practice.objects.visible_to(user)
    questions = ContactRequest.objects.filter(sender=OuterRef("pk"), practice__in=readable)
    said = JSONObject(
        pk="practice_id", title="practice__title", sent_at="sent_at", state="state", answer="answer"
    )
    received = ContactRequest.objects.filter(
        practice__in=readable,
        practice__city__in=city_ids_of(user),
        practice__visibility__in=[Visibility.PUBLIC, Visibility.NETWORK],
        state=RequestState.DIRECT,
        sent_at__gt=Now() - ANSWERABLE,
    ).exclude(sender=OuterRef("pk"))
    came = JSONObject(
        pk="practice_id",
        title="practice__title",
        sender="sender__name",
        email="sender__email",
        sent_at="sent_at",
    )
    to_confirm = Adoption.objects.waiting_for(user).order_by("updated_at", "pk")
    read = User.objects.annotate(
        returned=ArraySubquery(returned[:MOST]),
        to_decide=_number(Practice.objects.to_decide_by(user)),
        due=ArraySubquery(due.values(row=DATED)[:MOST]),
        orphans=_number(Practice.objects.orphaned_for(user)),
        asked=ArraySubquery(questions.values(row=said)[:MOST_QUESTIONS]),
        received=ArraySubquery(received.values(row=came)[:MOST_QUESTIONS]),
        to_confirm=ArraySubquery(to_confirm.values(row=compact_row())[: MOST + 1]),
        blocks=ArraySubquery(_blocks(user)),
        unsaved=ArraySubquery(_unsaved(user)),
    )
    return read.filter(pk=user.pk).values(*read.query.annotations)


def _blocks(user: Any) -> models.QuerySet[BuildingBlock, Mapping[str, Any]]:
    """Drafts that this person can publish."""
    drafts = BuildingBlock.objects.of_own_cities(user).filter(status=BlockStatus.DRAFT)
    if not is_coordinator(user):
        drafts = drafts.filter(city__in=managed_city_ids(user))
    row = JSONObject(pk="pk", title="title", kind="kind", city="city__name")
    return drafts.order_by("pk").values(row=row)[: MOST_BLOCKS + 1]


def _unsaved(user: Any) -> models.QuerySet[WorkingCopy, Mapping[str, Any]]:
    """What this person has typed in the editor and not saved yet."""
    if not can_write_any(user):
        return WorkingCopy.objects.none().values("pk")
    copies = WorkingCopy.objects.unsaved_by(user, among=Practice.objects.visible_to(user))
    row = JSONObject(
        practice_id="practice_id",
        practice="practice__title",
        creation_key="creation_key",
        section="section",
        title="values__title",
        saved_at="saved_at",
    )
    return copies.values(row=row)[:MOST]


def _read(user: Any) -> Waiting:
    # What is due depends on the day.
    [found] = ALL.rows(user, timezone.localdate(), _rows_for)
    return Waiting(
        returned=[Row(**row) for row in found["returned"]],
        to_decide=found["to_decide"],
        due=[_dated(row) for row in found["due"]],
        orphans=found["orphans"],
        questions=[_question(row) for row in found["asked"]],
        received=[_received(row) for row in found["received"] or []],
        adoptions=[adoption_of(row) for row in found["to_confirm"] or []],
        blocks=[BuildingBlock(**row | {"city": City(name=row["city"])}) for row in found["blocks"] or []],
        unsaved=[_copy(row) for row in found["unsaved"] or []],
    )


def _number(practices: models.QuerySet[Practice]) -> Coalesce:
    """How many there are, as an expression."""
    those = Practice.objects.filter(pk__in=practices.order_by().values("pk")).order_by()
    counted = those.annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _dated(row: dict[str, Any]) -> Row:
    days = {
        name: row[name] and dt.date.fromisoformat(row[name]) for name in ("confirmed_on", "next_check_on")
    }
    return Row(**row | days)


def _question(row: dict[str, Any]) -> Question:
    sent_at = dt.datetime.fromisoformat(row["sent_at"])
    state = str(RequestState(row["state"]).label)
    return Question(Row(row["pk"], row["title"]), sent_at, state, row["answer"])


def _received(row: dict[str, Any]) -> Received:
    sent_at = dt.datetime.fromisoformat(row["sent_at"])
    return Received(Row(row["pk"], row["title"]), row["sender"], row["email"], sent_at)


def _copy(row: dict[str, Any]) -> WorkingCopy:
    practice = Practice(pk=row["practice_id"], title=row["practice"]) if row["practice_id"] else None
    return WorkingCopy(
        practice=practice,
        creation_key=row["creation_key"],
        section=row["section"],
        values={"title": row["title"] or []},
        saved_at=dt.datetime.fromisoformat(row["saved_at"]),
    )
