"""Asking the network: who may, what is stored, who hears of it, and how a request ends."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cities.enums import NetworkStatus
from cities.models import City, Membership
from exchange.enums import RequestState, RequestVisibility, Standing
from exchange.models import Answer, Request
from notifications.models import OutgoingMail
from tests.exchange.rows import form_data, make_answer, make_request
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_topic,
    make_user,
)
from topics.models import Topic

pytestmark = pytest.mark.django_db
NEW = "/gesuche/neu/"


@pytest.fixture
def city() -> City:
    return make_city("Speyer", contact_email="amt@speyer.example")


@pytest.fixture
def topic() -> Topic:
    return make_topic("KI", slug="ki", parent=make_topic("Technik"))


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, email="author@speyer.example")


def published(client: Client, topic: Topic, **changes: Any) -> Request:
    answer = client.post(NEW, form_data(topic=topic.pk, **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Request.objects.latest("pk")


def test_member_asks_for_the_own_city_and_those_who_lead_the_topic_hear_of_it(
    author: User, city: City, topic: Topic
) -> None:
    contact, manager = make_user(name="Kontakt"), make_user("manager", city=(leading := make_city()))
    make_leadership(topic=topic.parent, city=leading, contact_user=contact)
    make_user("manager", city=make_city())  # of a city that has nothing to do with it
    muted = make_user("manager", city=leading, muted_mails=["request_new"])
    form = logged_in(author).get(f"{NEW}?titel=Dienstanweisung&thema=ki").content.decode()
    assert 'value="Dienstanweisung"' in form
    assert f'<option value="{topic.pk}" selected>' in form
    request = published(logged_in(author), topic)
    assert (request.city, request.asked_by, request.standing) == (city, author, Standing.OPEN)
    told = set(OutgoingMail.objects.values_list("to", flat=True))
    assert told == {contact.email, manager.email}
    assert muted.email not in told
    page = Client().get(request.get_absolute_url()).content.decode()
    assert "Was dürfen Beschäftigte" in page
    assert "amt@speyer.example" in page  # the city's office, since no contact is named


def test_contact_who_left_hears_nothing_of_what_is_for_the_network(
    author: User, topic: Topic, settings: Any
) -> None:
    left = make_user()
    make_leadership(topic=topic, city=make_city(), contact_user=left)
    published(logged_in(author), topic, visibility="network")
    assert [mail.to for mail in OutgoingMail.objects.all()] == [settings.COORDINATION_EMAIL]


def test_coordination_hears_of_a_topic_for_which_nobody_gets_mails(
    author: User, topic: Topic, settings: Any
) -> None:
    make_leadership(topic=topic, city=(leading := make_city()), contact_email="")
    make_user("manager", city=leading, muted_mails=["request_new"])
    published(client := logged_in(author), topic)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [settings.COORDINATION_EMAIL]
    assert "die Koordination bekommt eine E-Mail" in client.get("/gesuche/").content.decode()


def test_city_that_leads_without_an_account_hears_of_it_at_its_office(author: User, topic: Topic) -> None:
    """The address of the lead, else that of the city; never that of somebody who wants no such mails."""
    muted = make_user(email="stumm@trier.example", muted_mails=["request_new"])
    led_by = [
        make_city("Bad Kreuznach", contact_email="stadt@kreuznach.example"),
        make_city("Trier", contact_email="stadt@trier.example"),
        make_city("Weg", status=NetworkStatus.FORMER),
    ]
    for city, address in zip(
        led_by, ("digital@kreuznach.example", muted.email, "x@weg.example"), strict=True
    ):
        make_leadership(topic=topic, city=city, contact_email=address)
    published(client := logged_in(author), topic)
    mails = OutgoingMail.objects.order_by("to")
    assert [mail.to for mail in mails] == ["digital@kreuznach.example", "stadt@trier.example"]
    assert "Ihre Stadt spricht für das Thema" in mails[0].text
    assert "bekommt eine E-Mail: Bad Kreuznach, Trier." in client.get("/gesuche/").content.decode()


def test_coordination_asks_for_the_network_or_for_a_city(city: City, topic: Topic) -> None:
    client = logged_in(make_coordinator())
    make_leadership(topic=topic, city=(leading := make_city()))
    make_user("manager", city=leading, language="en")
    assert published(client, topic, key=str(uuid.uuid4())).city is None
    assert "The coordination is looking for" in OutgoingMail.objects.get().text
    assert published(client, topic, city="Speyer").city == city


def test_who_acts_for_two_cities_asks_for_one_of_them(author: User, city: City, topic: Topic) -> None:
    client, second, foreign = logged_in(author), make_city(), make_city()
    Membership.objects.create(user=author, city=second, role="author")
    assert published(client, topic, city=second.pk).city == second
    for refused in ("", foreign.pk):
        assert client.post(NEW, form_data(topic=topic.pk, city=refused)).status_code == 422


def test_one_form_makes_one_request(author: User, topic: Topic) -> None:
    client, key = logged_in(author), str(uuid.uuid4())
    for _time in range(2):
        published(client, topic, key=key)
    assert Request.objects.count() == 1


def test_refused_form_says_what_is_wrong_and_keeps_what_was_typed(author: User, topic: Topic) -> None:
    past = form_data(open_until="2020-01-01", contact_email="ki@speyer.example", text="Bleibt stehen")
    answer = logged_in(author).post(NEW, past)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"topic", "open_until", "contact_name"}
    assert "Bleibt stehen" in answer.content.decode()
    assert not Request.objects.exists()


def test_who_acts_for_no_city_asks_and_answers_nothing(topic: Topic) -> None:
    nobody, request = logged_in(make_user()), make_request(topic=topic)
    assert nobody.post(NEW, form_data(topic=topic.pk)).status_code == 403
    assert nobody.post(f"/gesuche/{request.pk}/antworten/", {"text": "Ja"}).status_code == 403
    assert Client().post(NEW, form_data(topic=topic.pk)).status_code == 302
    assert (Request.objects.count(), Answer.objects.count()) == (1, 0)


def test_only_its_city_and_the_coordination_change_it(author: User, city: City, topic: Topic) -> None:
    request = make_request(city=city, asked_by=author, topic=topic)
    may = [author, make_user("manager", city=city), make_coordinator()]
    may_not = [make_user("author", city=city), make_user("manager", city=make_city())]
    for person in [*may, *may_not]:
        client, title = logged_in(person), f"Von {person.pk}"
        request.refresh_from_db()
        shown = client.get(f"/gesuche/{request.pk}/bearbeiten/")
        assert shown.status_code == (200 if person in may else 403)
        sent = {"version": request.version} | form_data(topic=topic.pk, title=title)
        client.post(f"/gesuche/{request.pk}/bearbeiten/", sent)
        request.refresh_from_db()
        assert (request.title == title) == (person in may)


def state(client: Client, request: Request, **sent: Any) -> Any:
    request.refresh_from_db()
    end = {"version": request.version, "open_until": request.open_until.isoformat()}
    return client.post(f"/gesuche/{request.pk}/stand/", end | sent)


def test_city_says_how_it_stands_and_what_helped(author: User, city: City) -> None:
    request, client = make_request(city=city, asked_by=author), logged_in(author)
    helper = make_user("author", city=make_city())
    useful, other = make_answer(request, author=helper), make_answer(request, author=make_user())
    for _twice in range(2):
        assert state(client, request, state="solved", helped=[useful.pk]).status_code == 302
    assert list(Answer.objects.filter(helped=True)) == [useful]
    [mail] = OutgoingMail.objects.all()
    assert (mail.to, "Speyer hat das Gesuch" in mail.text) == (helper.email, True)
    assert "hat geholfen" in Client().get(request.get_absolute_url()).content.decode()
    refused = state(client, request, state="closed")
    assert refused.status_code == 422
    assert "closing_note" in refused.context["form"].errors
    too_long = state(client, request, state="closed", closing_note="x" * 600)
    assert len(too_long.context["form"].errors["closing_note"]) == 1
    state(client, request, state="closed", closing_note="Wir kaufen es.")
    request.refresh_from_db()
    assert (request.state, request.closing_note) == (RequestState.CLOSED, "Wir kaufen es.")
    state(client, request, state="open", closing_note="Wir kaufen es.", helped=[other.pk])
    request.refresh_from_db()
    assert (request.standing, request.closing_note) == (Standing.OPEN, "")
    assert not Answer.objects.filter(helped=True).exists()
    elsewhere = make_answer(make_request())
    assert state(client, request, state="solved", helped=[elsewhere.pk]).status_code == 422


def test_what_is_past_its_day_counts_as_open_no_more(author: User, city: City) -> None:
    request = make_request(city=city, asked_by=author)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Request.objects.update(open_until=yesterday)
    request.refresh_from_db()
    assert request.standing == Standing.OVERDUE
    assert not Request.objects.still_open().exists()
    client = logged_in(author)
    assert "Die Frist ist am" in client.get(request.get_absolute_url()).content.decode()
    assert state(client, request, state="open").status_code == 422
    assert state(client, request, state="open", open_until=form_data()["open_until"]).status_code == 302
    assert Request.objects.still_open().exists()


def test_what_was_answered_is_closed_and_not_withdrawn(author: User, city: City) -> None:
    quiet, answered = (make_request(city=city, asked_by=author) for _number in range(2))
    make_answer(answered)
    client = logged_in(author)
    for request in (quiet, answered):
        client.post(f"/gesuche/{request.pk}/zurueckziehen/")
    assert list(Request.objects.all()) == [answered]


def test_of_two_who_change_it_the_second_learns_of_the_first(author: User, city: City, topic: Topic) -> None:
    request, client = make_request(city=city, asked_by=author, topic=topic), logged_in(author)
    form = client.get(f"/gesuche/{request.pk}/bearbeiten/").context["form"]
    opened = {"version": form.initial["version"], "base": form["base"].value()}
    for title, status in (("Erste", 302), ("Zweite", 422)):
        sent = form_data(topic=topic.pk, text=request.text, title=title) | opened
        assert client.post(f"/gesuche/{request.pk}/bearbeiten/", sent).status_code == status
    request.refresh_from_db()
    assert request.title == "Erste"


def test_what_was_answered_for_the_network_is_not_opened_to_everybody(author: User, city: City) -> None:
    quiet, answered = (
        make_request(city=city, asked_by=author, visibility=RequestVisibility.NETWORK) for _number in range(2)
    )
    make_answer(answered, text="Nur unter uns")
    client = logged_in(author)
    for request in (quiet, answered):
        sent = form_data(topic=request.topic_id, version=request.version)
        page = client.post(f"/gesuche/{request.pk}/bearbeiten/", sent)
        assert list(page.context["form"].errors if page.context else {}) == (
            ["visibility"] if request == answered else []
        )
    assert "Nur unter uns" not in Client().get("/gesuche/").content.decode()
    assert list(Request.objects.filter(visibility=RequestVisibility.PUBLIC)) == [quiet]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"text": ""},
        {"state": "closed"},
        {"closing_note": "Warum?"},
        {"state": "lost"},
        {"visibility": "anonymous"},
    ],
    ids=str,
)
def test_database_refuses_what_makes_no_sense(wrong: dict[str, str]) -> None:
    request = make_request()
    Request.objects.filter(pk=request.pk).update(state="closed", closing_note="Erledigt")
    Request.objects.filter(pk=request.pk).update(
        state="open", closing_note="", visibility=RequestVisibility.NETWORK
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(**wrong)
