"""„Stimmt das noch?“: contact, deputy, coordination are asked once each and answer by a link."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cities.models import City
from notifications.models import OutgoingMail
from practices import actions
from practices.confirming import rounds
from practices.confirming.answers import ask_of
from practices.enums import Answer, AskLevel, Status, Visibility
from practices.models import ConfirmationAsk, ConfirmationRound, Practice
from practices.relations.actions import replace
from practices.tasks import ask_whether_write_ups_still_hold as daily
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db
COORDINATION = "koordination@example.org"


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


def due(city: City, **fields: object) -> Practice:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    values = {
        "contact_email": "amt@example.org",
        "deputy_email": "vertretung@example.org",
        "next_check_on": yesterday,
        "confirmed_on": yesterday - dt.timedelta(days=365),
    }
    return published("Bäume gießen", city=city, **values | fields)


def receivers() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True))


def link(number: int = -1) -> str:
    mail = list(OutgoingMail.objects.order_by("pk"))[number]
    found = re.search(r"/praxis/aktuell/\S+", mail.text)
    assert found
    return found[0]


def test_a_link_shows_nothing_of_what_is_a_draft_again(city: City) -> None:
    practice = due(city, summary="Sensoren melden Durst.")
    daily()
    page = Client().get(link()).content.decode()
    assert "Bäume gießen" in page
    assert "Sensoren melden Durst." in page
    Practice.objects.filter(pk=practice.pk).update(status=Status.DRAFT, title="Neuer Entwurf")
    page = Client().get(link()).content.decode()
    assert "nicht mehr veröffentlicht" in page
    assert "Neuer Entwurf" not in page
    assert "Sensoren melden Durst." not in page


def test_a_deputy_without_an_account_answers_as_such(city: City) -> None:
    due(city, contact_email="", contact_phone="0631 1", contact_name="Amt 67", deputy_name="Frau Vertretung")
    daily()
    assert "Sie antworten als Frau Vertretung (Vertretung)." in Client().get(link()).content.decode()


def test_a_year_passes_and_the_round_runs_to_its_end(city: City) -> None:
    now = timezone.now()
    draft = make_practice(
        "Bäume gießen",
        city=city,
        status=Status.DRAFT,
        contact_email="amt@example.org",
        deputy_email="vertretung@example.org",
    )
    coordinator = make_coordinator()
    practice = actions.publish(practice=draft, by=coordinator)
    daily()
    assert receivers() == []
    expected = []
    for days, receiver in [(366, "amt@example.org"), (381, "vertretung@example.org"), (396, COORDINATION)]:
        with time_machine.travel(now + dt.timedelta(days=days), tick=False):
            daily()
            daily()
            expected.append(receiver)
            assert receivers() == expected, "each is asked once"
            page = logged_in(None).get(practice.get_absolute_url()).content.decode()
            assert "Stimmt das noch?" in page
            assert "Bäume gießen" in logged_in(None).get("/praxis/").content.decode(), "nothing hides itself"
    with time_machine.travel(now + dt.timedelta(days=420), tick=False):
        daily()
        assert receivers() == expected, "after the coordination nobody else is asked"
        client = logged_in(coordinator)
        assert [task.title for task in tasks_of(client, "unanswered").rows] == [practice.title]
        client.post(f"/praxis/{practice.pk}/bestaetigen/")
        practice.refresh_from_db()
        assert practice.confirmed_on == timezone.localdate()
        assert tasks_of(client, "unanswered").total == 0
        assert ConfirmationRound.objects.get().answer == Answer.CONFIRMED
        daily()
    with time_machine.travel(now + dt.timedelta(days=420 + 366), tick=False):
        daily()
        assert receivers() == [*expected, "amt@example.org"], "a year later it begins anew"


def test_the_link_confirms_without_an_account_and_only_when_pressed(city: City) -> None:
    practice = due(city, visibility=Visibility.NETWORK)
    daily()
    visitor = Client()
    page = visitor.get(link()).content.decode()
    assert "Ja, das stimmt noch" in page
    assert "So war es vorher." in page
    practice.refresh_from_db()
    assert practice.next_check_on
    assert practice.next_check_on < timezone.localdate(), "looking changes nothing"
    answer = visitor.post(link(), follow=True).content.decode()
    assert "Der Beitrag ist bestätigt. Danke!" in answer
    practice.refresh_from_db()
    assert practice.confirmed_on == timezone.localdate()
    step = practice.steps.get()
    assert step.by is None
    assert "Ansprechstelle" in step.remark
    again = visitor.post(link(), follow=True).content.decode()
    assert "Der Beitrag ist bestätigt" in again
    assert practice.steps.count() == 1, "the link works once"


def test_who_has_an_account_answers_by_name(city: City) -> None:
    person = make_user("author", city=city, email="amt@example.org", name="Vera Zuständig")
    practice = due(city, contact_user=person)
    daily()
    mail = OutgoingMail.objects.get()
    assert f"/praxis/{practice.pk}/bearbeiten/" in mail.text
    assert "/konto/mails/" in mail.text
    assert "Vera Zuständig" in Client().get(link()).content.decode()
    assert "Bäume gießen" in logged_in(person).get("/mein/").content.decode()
    Client().post(link())
    assert practice.steps.get().by == person
    assert "Stimmt das noch?" not in logged_in(person).get("/mein/").content.decode()


def test_an_expired_wrong_or_outdated_link_confirms_nothing(city: City) -> None:
    practice = due(city)
    daily()
    assert Client().get("/praxis/aktuell/falsch/").status_code == 404
    ConfirmationAsk.objects.update(expires_at=timezone.now())
    assert "abgelaufen" in Client().post(link(), follow=True).content.decode()
    ConfirmationAsk.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    actions.archive(practice=practice, by=make_coordinator())
    assert "nicht mehr veröffentlicht" in Client().post(link(), follow=True).content.decode()
    practice.refresh_from_db()
    assert practice.next_check_on
    assert practice.next_check_on < timezone.localdate()
    assert ConfirmationRound.objects.get().answer == Answer.ARCHIVED


def test_only_the_hash_of_the_link_is_kept(city: City) -> None:
    due(city)
    daily()
    token = link().split("/")[-2]
    ask = ConfirmationAsk.objects.get()
    assert token not in ask.token_hash
    assert ask_of(token) == ask


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({}, ["amt@example.org", "vertretung@example.org", COORDINATION]),
        ({"deputy_email": "amt@example.org"}, ["amt@example.org", COORDINATION]),
        ({"contact_email": ""}, ["vertretung@example.org", COORDINATION]),
        ({"contact_email": "", "deputy_email": ""}, [COORDINATION]),
        ({"visibility": "anonymous"}, ["amt@example.org", COORDINATION]),
    ],
)
def test_who_is_asked(city: City, fields: dict[str, str], asked: list[str]) -> None:
    practice = due(city, **fields)
    for _level in range(4):
        rounds.ask_next(practice_id=practice.pk)
        ConfirmationAsk.objects.update(asked_at=timezone.now() - dt.timedelta(days=15))
    assert receivers() == asked


def test_a_closed_account_is_skipped(city: City) -> None:
    gone = make_user(email="amt@example.org", is_active=False)
    due(city, contact_user=gone)
    daily()
    assert receivers() == ["vertretung@example.org"]


def test_what_is_replaced_is_asked_about_no_more(city: City) -> None:
    person = make_user("manager", city=city, email="amt@example.org")
    practice, newer = due(city, contact_user=person), published("Bäume besser gießen", city=city)
    daily()
    assert f"/praxis/{practice.pk}/ersetzen/" in OutgoingMail.objects.get().text
    assert logged_in(person).get(f"/praxis/{practice.pk}/ersetzen/").status_code == 200
    replace(practice=practice, by_practice=newer, by=person)
    assert ConfirmationRound.objects.get().answer == Answer.REPLACED
    daily()
    assert receivers() == ["amt@example.org"]
    assert list(Practice.objects.due()) == []


@pytest.mark.parametrize(
    "fields",
    [{"status": Status.DRAFT}, {"status": Status.ARCHIVED}, {"next_check_on": dt.date(2999, 1, 1)}],
)
def test_nobody_is_asked_about_what_is_not_due(city: City, fields: dict[str, object]) -> None:
    due(city, **fields)
    daily()
    assert receivers() == []


def test_a_job_that_is_stopped_goes_on_and_asks_nobody_twice(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = due(city), due(city)
    wanted = rounds.ask_next(practice_id=first.pk)
    assert wanted
    with monkeypatch.context() as patch:
        patch.setattr(rounds.mails, "ask_whether_it_holds", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rounds.ask_next(practice_id=second.pk)
    assert ConfirmationAsk.objects.count() == 1, "the row goes with its mail or not at all"
    daily()
    assert receivers() == ["amt@example.org", "amt@example.org"]
    assert {ask.round.practice_id for ask in ConfirmationAsk.objects.all()} == {first.pk, second.pk}


def test_rounds_and_questions_are_unique(city: City) -> None:
    practice = due(city)
    current = ConfirmationRound.objects.create(practice=practice)
    values = {"round": current, "expires_at": timezone.now()}
    ConfirmationAsk.objects.create(**values, level=AskLevel.CONTACT, email="a@example.org", token_hash="1")
    ConfirmationAsk.objects.create(**values, level=AskLevel.COORDINATION, token_hash="2")
    wrong = [
        lambda: ConfirmationRound.objects.create(practice=practice),
        lambda: ConfirmationRound.objects.create(practice=practice, closed_at=timezone.now()),
        lambda: ConfirmationAsk.objects.create(**values, level=AskLevel.CONTACT, token_hash="3"),
        lambda: ConfirmationAsk.objects.create(
            **values, level=AskLevel.DEPUTY, email="a@example.org", token_hash="4"
        ),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    ConfirmationRound.objects.create(practice=practice, closed_at=timezone.now(), answer=Answer.CONFIRMED)


def test_a_former_contact_confirms_nothing_and_reads_nothing(city: City) -> None:
    practice = due(city, visibility=Visibility.NETWORK)
    daily()
    Practice.objects.filter(pk=practice.pk).update(contact_email="neu@example.org")
    visitor = Client()
    page = visitor.get(link())
    assert page.status_code == 410
    assert "jemand anderes die Ansprechstelle" in page.text
    assert practice.title not in page.text
    assert visitor.post(link()).status_code == 410
    assert not practice.steps.exists()
    manager = logged_in(make_user("manager", city=city))
    assert "Ja, das stimmt noch" in manager.get(link()).text, "who may confirm anyway still does"
    manager.post(link())
    assert practice.steps.get()


def test_the_link_of_a_closed_account_ends_with_it(city: City) -> None:
    person = make_user("author", city=city, email="amt@example.org")
    practice = due(city, contact_user=person)
    daily()
    person.is_active = False
    person.save()
    assert Client().post(link()).status_code == 410
    assert not practice.steps.exists()
