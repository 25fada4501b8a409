"""A city asks to join: double opt-in, no robots, one answer by the coordination."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cities.enums import JoinAnswer, NetworkStatus, Role
from cities.joining import actions
from cities.joining.forms import SALT
from cities.models import City, Invitation, JoinRequest, StatusChange
from cities.tasks import forget_old_wishes
from notifications.models import OutgoingMail
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "hauptamt@fernstadt.example.org"


@pytest.fixture(autouse=True)
def _no_counters() -> None:
    cache.clear()


@pytest.fixture
def city() -> City:
    return make_city("Fernstadt", ags="07999001", status=NetworkStatus.OUTSIDE)


def typed(**fields: Any) -> dict[str, Any]:
    opened = signing.dumps(int(time.time()) - 60, salt=SALT)
    return {
        "name": "Ina Amt",
        "office": "Hauptamt",
        "email": ADDRESS,
        "message": "Wir suchen Rat zur E-Akte.",
        "opened": opened,
        "homepage": "",
    } | fields


def send(city: City, **fields: Any) -> Any:
    return Client().post(f"/mitmachen/{city.ags}/", typed(**fields))


def link_in(mail: OutgoingMail) -> str:
    found = re.search(r"/mitmachen/bestaetigen/[^/\s]+/", mail.text)
    assert found
    return found[0]


def confirmed(city: City) -> JoinRequest:
    send(city)
    Client().post(link_in(OutgoingMail.objects.get(to=ADDRESS)))
    return JoinRequest.objects.get(city=city)


def test_the_way_from_the_start_page_to_the_desk(city: City) -> None:
    visitor = Client()
    assert 'href="/mitmachen/"' in visitor.get("/").content.decode()
    assert f'href="/mitmachen/{city.ags}/"' in visitor.get("/mitmachen/?q=fernst").content.decode()
    nothing = visitor.get("/mitmachen/?q=Nirgendwo").content.decode()
    found = nothing.split('id="treffer"')[1].split("</main>")[0]
    assert f'href="mailto:{settings.COORDINATION_EMAIL}"' in found
    assert "Verbandsgemeinden und Landkreise" in found
    assert "Mitmachen mit Fernstadt" in visitor.get(f"/mitmachen/{city.ags}/").content.decode()
    assert send(city)["Location"] == "/mitmachen/gesendet/"
    desk = logged_in(make_coordinator())
    assert tasks_of(desk, "joining").total == 0, "an address that nobody confirmed is nobody's"
    link = link_in(OutgoingMail.objects.get(to=ADDRESS))
    assert "Anfrage bestätigen" in visitor.get(link).content.decode()
    assert JoinRequest.objects.get().confirmed_at is None, "opening the link writes nothing"
    for _press in range(2):
        assert "bestätigt" in visitor.post(link, follow=True).content.decode()
    assert OutgoingMail.objects.filter(to="koordination@example.org").count() == 1
    shown = tasks_of(desk, "joining")
    assert [(task.title, task.text) for task in shown.rows] == [("Fernstadt", "Wir suchen Rat zur E-Akte.")]


def test_the_coordination_admits_and_the_manager_is_invited(city: City) -> None:
    wish = confirmed(city)
    coordinator = make_coordinator()
    client = logged_in(coordinator)
    path = f"/koordination/beitritt/{wish.pk}/"
    assert "Wir suchen Rat" in client.get(path).content.decode()
    answer = {"deed": "admit", "aufnahme-status": "guest", "aufnahme-joined_on": "2026-01-31"}
    for _press in range(2):
        assert client.post(path, answer)["Location"] == "/koordination/"
    city.refresh_from_db()
    assert (city.status, str(city.joined_on)) == (NetworkStatus.GUEST, "2026-01-31")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name, invitation.city, invitation.role) == (
        ADDRESS, "Ina Amt", city, Role.MANAGER,
    )  # fmt: skip
    assert JoinRequest.objects.get().answer == JoinAnswer.ADMITTED
    assert StatusChange.objects.get().by == coordinator
    assert tasks_of(client, "joining").total == 0
    token = re.search(r"/einladung/[^/\s]+/", OutgoingMail.objects.filter(to=ADDRESS).latest("pk").text)
    assert token
    assert 'value="Ina Amt"' in Client().get(token[0]).content.decode()


def test_a_city_that_was_admitted_meanwhile_is_only_invited(city: City) -> None:
    wish = confirmed(city)
    City.objects.filter(pk=city.pk).update(status=NetworkStatus.MEMBER, joined_on="2025-01-01")
    actions.admit(
        wish=wish, status=NetworkStatus.GUEST, joined_on=timezone.localdate(), by=make_coordinator()
    )
    city.refresh_from_db()
    assert city.status == NetworkStatus.MEMBER
    assert Invitation.objects.filter(email=ADDRESS, city=city).exists()


def test_the_coordination_declines_with_a_reason(city: City) -> None:
    wish = confirmed(city)
    client = logged_in(make_coordinator())
    path = f"/koordination/beitritt/{wish.pk}/"
    refused = client.post(path, {"deed": "decline", "absage-remark": ""})
    assert refused.status_code == 422
    assert "Bitte schreiben Sie, warum" in refused.content.decode()
    client.post(path, {"deed": "decline", "absage-remark": "Bitte erst den Rat fragen."})
    assert "Bitte erst den Rat fragen." in OutgoingMail.objects.filter(to=ADDRESS).latest("pk").text
    city.refresh_from_db()
    assert city.status == NetworkStatus.OUTSIDE
    assert "Bitte erst den Rat fragen." in client.get(path).content.decode()
    assert (
        "Ihre Anfrage ist beantwortet"
        in Client().get(link_in(OutgoingMail.objects.filter(to=ADDRESS).earliest("pk"))).content.decode()
    )


@pytest.mark.parametrize("role", [None, "author", "manager", "leader"])
def test_others_cannot_answer(city: City, role: str | None) -> None:
    wish = confirmed(city)
    client = logged_in(make_user(role) if role else None)
    answer = {"deed": "decline", "absage-remark": "Nein."}
    assert client.post(f"/koordination/beitritt/{wish.pk}/", answer).status_code in {302, 403}
    assert JoinRequest.objects.get().decided_at is None


def test_a_program_that_fills_in_everything_gets_a_friendly_page_and_nothing_else(city: City) -> None:
    assert send(city, homepage="https://spam.example")["Location"] == "/mitmachen/gesendet/"
    assert not JoinRequest.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "opened",
    ["", "gefälscht", signing.dumps(1, salt="anders")],
    ids=["missing", "forged", "signed for something else"],
)
def test_a_form_that_was_never_opened_is_sent_once_more_and_keeps_its_input(city: City, opened: str) -> None:
    refused = send(city, opened=opened)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "noch einmal ab" in shown
    assert "Wir suchen Rat zur E-Akte." in shown
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        fresh = refused.context["form"]["opened"].value()
        assert send(city, opened=fresh).status_code == 302


def test_too_quick_a_form_is_not_taken(city: City) -> None:
    assert send(city, opened=signing.dumps(int(time.time()), salt=SALT)).status_code == 422


def test_an_address_gets_three_mails_a_day_and_no_more(city: City) -> None:
    for _time in range(3):
        assert send(city).status_code == 302
    refused = send(city, email=ADDRESS.upper())
    assert refused.status_code == 422
    assert "zu viele Anfragen" in refused.content.decode()
    assert OutgoingMail.objects.filter(to=ADDRESS).count() == 3
    assert JoinRequest.objects.count() == 1


def test_only_the_last_link_works_and_not_for_ever(city: City) -> None:
    send(city)
    send(city)
    old, new = (link_in(mail) for mail in OutgoingMail.objects.order_by("pk"))
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert Client().post(new).status_code == 404
    assert JoinRequest.objects.get().confirmed_at is None


def test_asking_again_after_confirming_changes_nothing(city: City) -> None:
    confirmed(city)
    mails = OutgoingMail.objects.count()
    assert send(city, name="Jemand anderes").status_code == 302
    assert OutgoingMail.objects.count() == mails
    assert JoinRequest.objects.get().name == "Ina Amt"


def test_a_city_of_the_network_is_told_whom_to_ask() -> None:
    city = make_city("Nahstadt", ags="07999002")
    assert "ist schon dabei" in Client().get(f"/mitmachen/{city.ags}/").content.decode()
    send(city)
    assert not JoinRequest.objects.exists()


def test_what_nobody_confirmed_and_what_was_answered_long_ago_is_deleted(city: City) -> None:
    send(city)
    other = make_city("Weitstadt", ags="07999003", status=NetworkStatus.OUTSIDE)
    send(other, email="weit@example.org")
    Client().post(link_in(OutgoingMail.objects.get(to="weit@example.org")))
    wish = JoinRequest.objects.get(city=other)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        forget_old_wishes()
        assert list(JoinRequest.objects.all()) == [wish]
        actions.decline(wish=wish, remark="Nein.", by=make_coordinator())
    with time_machine.travel(timezone.now() + timedelta(days=100)):
        forget_old_wishes()
        assert JoinRequest.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=190)):
        forget_old_wishes()
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "keine"), ("email", "a@b"), ("name", ""), ("office", ""), ("message", "x" * 2001)],
)
def test_bad_input_is_told_at_the_field(city: City, field: str, value: str) -> None:
    refused = send(city, **{field: value})
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert not JoinRequest.objects.exists()
