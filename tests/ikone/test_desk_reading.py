"""The desk reads everything in one statement: each kind of task complete, however much waits."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cities.enums import NetworkStatus, Role
from cities.models import JoinRequest
from cities.people import actions
from exchange.models import Request
from notifications.models import OutgoingMail
from practices.adoption.enums import AskedAs
from practices.enums import AskLevel, RequestState, Step, Visibility
from practices.models import (
    Adoption,
    AdoptionAsk,
    ConfirmationAsk,
    ConfirmationRound,
    ContactRequest,
    Island,
    WorkflowStep,
)
from search.models import Miss
from tests.desks import tasks_of
from tests.exchange.rows import make_request
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from tests.practices.blocks.rows import make_block
from ui.desk import Tasks, groups

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=40)


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


def review(number: int) -> None:
    practice = make_practice(f"Zu prüfen {number}", city=make_city(f"Stadt {number}"), status="in_review")
    for days in (9, 3):  # handed in twice
        step = WorkflowStep.objects.create(practice=practice, step=Step.SUBMITTED)
        WorkflowStep.objects.filter(pk=step.pk).update(at=LONG_AGO - timedelta(days=days + number))


def questions(number: int) -> None:
    ContactRequest.objects.create(
        practice=make_practice(f"Anonym {number}", visibility=Visibility.ANONYMOUS),
        sender=make_user(name=f"Fragt {number}"),
        text="Was kostet das?",
        state=RequestState.PASSED_ON if number % 2 else RequestState.WAITING,
        key=uuid.uuid4(),
    )


def unanswered(number: int) -> None:
    practice = make_practice(
        f"Gilt das {number}", next_check_on=timezone.localdate() - timedelta(days=number)
    )
    ConfirmationAsk.objects.create(
        round=ConfirmationRound.objects.create(practice=practice),
        level=AskLevel.COORDINATION,
        expires_at=timezone.now(),
        token_hash=f"ask {number}",
    )


def orphans(number: int) -> None:
    named: dict[str, Any] = {"contact_user": make_user(name="Früher dabei")} if number % 2 else {}
    make_practice(f"Verwaist {number}", contact_name="", contact_email="", **named)


def joining(number: int) -> None:
    JoinRequest.objects.create(
        city=make_city(f"Will {number}", status=NetworkStatus.OUTSIDE),
        name="Stelle",
        office="Hauptamt",
        email=f"will{number}@example.org",
        message="Wir möchten mitmachen.",
        token_hash=f"join {number}",
        expires_at=timezone.now(),
        confirmed_at=timezone.now(),
    )


def invitations(number: int) -> None:
    where: dict[str, Any] = (
        {"city": None, "role": None, "as_coordinator": True}
        if number % 2
        else {"city": make_city(), "role": Role.AUTHOR}
    )
    actions.invite(email=f"p{number}@example.org", by=make_coordinator(), **where)


def adoptions(number: int) -> None:
    subject: dict[str, Any] = {"practice": make_practice(f"Übernommen {number}")}
    if number % 2:
        subject = {"block": make_block(f"Baustein {number}")}
    adoption = Adoption.objects.create(city=make_city(), stage="live", since="2024", **subject)
    AdoptionAsk.objects.create(
        adoption=adoption,
        asked_as=AskedAs.COORDINATION,
        expires_at=timezone.now(),
        token_hash=f"adoption {number}",
    )


def adoptions_to_connect(number: int) -> None:
    practice = make_practice(f"Verbinden {number}", visibility=Visibility.ANONYMOUS)
    Adoption.objects.create(city=make_city(), stage="live", since="2024", practice=practice)


def leaderships(number: int) -> None:
    due = timezone.localdate() - timedelta(days=number)
    make_leadership(topic=make_topic(f"Fällig {number}"), next_check=due)


def unled(number: int) -> None:
    topic = make_topic(f"Lücke {number}")
    make_topic(parent=make_topic(parent=topic))
    make_leadership(topic=topic, city=make_city(f"War dabei {number}", status=NetworkStatus.FORMER))


def islands(number: int) -> None:
    first, second = (make_practice(f"Insel {number}{end}") for end in "ab")
    Island.objects.create(first=first, second=second, likeness=90 - number)


def misses(number: int) -> None:
    Miss.objects.create(text=f"vergeblich {number}", count=90 - number, last_on=timezone.localdate())


def mails(number: int) -> None:
    mail = OutgoingMail.objects.create(to="a@example.org", subject=f"Mail {number}", text="Geheim")
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=LONG_AGO)


def requests(number: int) -> None:
    request = make_request(f"Gesuch {number}", city=make_city() if number % 2 else None)
    Request.objects.filter(pk=request.pk).update(created_at=LONG_AGO)


KINDS: dict[str, Callable[[int], None]] = {
    made.__name__: made
    for made in (
        *(review, questions, unanswered, orphans, joining, invitations, adoptions, adoptions_to_connect),
        *(leaderships, unled, islands, misses, mails, requests),
    )
}


def fill(*numbers: int) -> None:
    for at in numbers:
        for make in KINDS.values():
            make(at)


def said(tasks: Tasks) -> list[tuple[str, str, str]]:
    return [(task.title, task.preline, task.note) for task in tasks.rows]


def asked(client: Client) -> int:
    client.get("/koordination/")  # whose statement is worked out now
    with CaptureQueriesContext(connection) as captured:
        client.get("/koordination/")
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_it_costs_one_query_however_much_waits(client: Client) -> None:
    assert KINDS.keys() == {group.code for group in groups()}
    beside = asked(client)
    assert beside == 3  # the session, the person, all tasks
    fill(0, 1)
    assert asked(client) == beside
    fill(*range(2, 11))
    assert asked(client) == beside
    for code in KINDS:
        found = tasks_of(client, code)
        assert found.total >= 11, code
        assert len(found.rows) == found.group.most, code
        assert all(task.title for task in found.rows), code


def test_a_row_tells_what_its_models_know(client: Client) -> None:
    fill(0, 1)
    day = f"{timezone.localtime(LONG_AGO - timedelta(days=4)):%d.%m.%Y}"
    assert said(tasks_of(client, "review"))[0] == (
        "Zu prüfen 1",
        "Praxisbeispiel · Stadt 1",
        f"eingereicht am {day}",
    )
    passed_on = tasks_of(client, "questions").rows[1]
    assert passed_on.preline.startswith("Fragt 1 fragt Musterstadt")
    assert (passed_on.text, passed_on.note) == ("Was kostet das?", "an die Stadt weitergegeben")
    assert [task.note for task in tasks_of(client, "orphans").rows] == ["nie benannt", "bisher Früher dabei"]
    assert [task.title for task in tasks_of(client, "adoptions").rows] == ["Übernommen 0", "Baustein 1"]
    assert tasks_of(client, "invitations").rows[1].preline.startswith("Koordination · offen bis")
    assert said(tasks_of(client, "unled"))[1] == (
        "Lücke 1",
        "",
        "und 2 Unterthemen, zuletzt War dabei 1 (ausgeschieden)",
    )
    asking = [task.preline for task in tasks_of(client, "requests").rows]
    assert [line.startswith("Koordination, für das Netzwerk · ") for line in asking] == [True, False]
    due = tasks_of(client, "leaderships")
    assert due.rows[0].note.endswith("Vertretung fehlt")
    assert due.rows[0].preline.endswith(", federführend")


def test_what_a_mail_says_is_not_even_read(client: Client) -> None:
    mails(1)
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/koordination/").text
    assert "Mail 1" in page
    assert "Geheim" not in page
    assert not any('_outgoingmail"."text"' in query["sql"] for query in captured)
