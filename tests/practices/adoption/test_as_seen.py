"""Nobody confirms what they have not seen, and before they do they see all that they confirm."""

import re
from typing import Any

import pytest

from cities.models import City
from notifications.models import OutgoingMail
from practices.adoption import actions, asks
from practices.adoption.actions import Standing
from practices.models import Adoption
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import details, text_of

pytestmark = pytest.mark.django_db
CHANGED = "Inzwischen wurde etwas geändert. Bitte sehen Sie es noch einmal an."


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


@pytest.fixture
def leader(city: City) -> Any:
    return make_user("leader", city=city)


@pytest.fixture
def adoption(city: City, leader: Any) -> Adoption:
    return adopt(make_practice("Baumpaten"), city=city, stage="pilot", by=make_user("author", city=city))


def versions(page: Any) -> list[str]:
    return re.findall(r'name="version"\s+value="(\d+)"', page.content.decode())


def move(adoption: Adoption) -> None:
    adoption.refresh_from_db()
    by = make_user("author", city=adoption.city)
    actions.move(adoption=adoption, standing=Standing("live", "2024-06", "Überall."), by=by)


@pytest.mark.parametrize("shown_at", ["/mein/", "/uebernahmen/", "record"])
def test_a_button_confirms_only_the_state_that_was_shown(
    adoption: Adoption, leader: Any, shown_at: str
) -> None:
    client = logged_in(leader)
    address = adoption.get_absolute_url()
    (seen,) = versions(client.get(address if shown_at == "record" else shown_at))
    move(adoption)
    for sent in ({"version": seen}, {}, {"version": "x"}):
        answer = text_of(client.post(f"{address}bestaetigen/", sent, follow=True))
        assert CHANGED in answer
        assert "im Einsatz" in answer
        adoption.refresh_from_db()
        assert adoption.confirmed_on is None
    (seen,) = versions(client.get(address))
    client.post(f"{address}bestaetigen/", {"version": seen})
    adoption.refresh_from_db()
    assert adoption.confirmed_by == leader


def test_the_link_of_the_mail_confirms_only_the_state_that_was_shown(adoption: Adoption, leader: Any) -> None:
    mail = OutgoingMail.objects.get(to=leader.email)
    (link,) = re.findall(r"/uebernahmen/bestaetigung/\S+", mail.text)
    visitor = logged_in(None)
    page = visitor.get(link)
    assert CHANGED not in text_of(page)
    (seen,) = versions(page)
    move(adoption)
    answer = text_of(visitor.post(link, {"version": seen}, follow=True))
    assert CHANGED in answer
    assert "im Einsatz" in answer
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    page = visitor.get(link)
    assert "anders als in der Mail" in text_of(page)
    visitor.post(link, {"version": versions(page)[0]})
    adoption.refresh_from_db()
    assert adoption.confirmed_by == leader


def test_saving_does_not_confirm_what_others_have_said_meanwhile(adoption: Adoption, leader: Any) -> None:
    client = logged_in(leader)
    sent = details(adoption) | {"do": "confirm"}
    move(adoption)
    answer = text_of(client.post(f"{adoption.get_absolute_url()}bearbeiten/", sent, follow=True))
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    assert CHANGED in answer or "gespeichert" in answer


def test_lists_with_the_button_and_the_mail_say_what_is_confirmed(adoption: Adoption, leader: Any) -> None:
    number = saved(adoption, 99_000, period="2025", basis="estimated")
    saved(adoption, 12, kind="effort_days", basis="measured", period="")
    said = [
        "im Pilotbetrieb",
        "seit März 2024",
        f"{number.get_kind_display()}: 99.000 €, geschätzt, 2025",
        "12",
    ]
    client = logged_in(leader)
    for address in ("/mein/", "/uebernahmen/"):
        page = text_of(client.get(address)).replace("\N{NO-BREAK SPACE}", " ")
        for words in said:
            assert words in page, (address, words)
    OutgoingMail.objects.all().delete()
    asks.close(adoption)
    asks.ask_city(adoption)
    text = OutgoingMail.objects.get(to=leader.email).text.replace("\N{NO-BREAK SPACE}", " ")
    for words in said:
        assert words in text, words
    city_page = adoption.city.get_absolute_url()
    other = logged_in(make_user("leader"))
    assert "99.000" not in text_of(other.get(city_page))
    assert "99.000" not in text_of(client.get(city_page)), "what waits stands in the own lists"
    adoption.refresh_from_db()
    actions.confirm(adoption=adoption, by=leader)
    page = text_of(client.get(city_page)).replace("\N{NO-BREAK SPACE}", " ")
    for words in ("Von anderen übernommen (1)", "Baumpaten", "im Pilotbetrieb", "seit März 2024"):
        assert words in page, words
