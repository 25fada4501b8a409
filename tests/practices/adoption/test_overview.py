"""The ledger as a whole: savings, the coordination's pages, the yearly question, and what pages cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from cities.enums import NetworkStatus
from cities.models import City
from notifications.models import OutgoingMail
from practices.adoption import actions, asks
from practices.adoption.views import record
from practices.models import Adoption, AdoptionAsk, Relation
from practices.tasks import ask_whether_adoptions_hold
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import text_of
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


def test_savings_keep_apart_what_is_measured_and_lead_to_their_records() -> None:
    counted = adopt(confirmed=True)
    saved(counted, 1_000, period="Haushalt 2031")
    saved(counted, 500, basis="estimated", accuracy="about")
    saved(adopt(confirmed=True), 2_000)
    saved(adopt(), 64_000)  # not confirmed
    saved(adopt(stage="ended", confirmed=True), 32_000)
    network = adopt(make_practice(visibility="network"), confirmed=True)
    saved(network, 16_000)
    page = text_of(logged_in(None).get("/praxis/einsparungen/"))
    for said in ("3.000 €", "rund 500 €", "2 Übernahmen", "1.000 €, gemessen, Haushalt 2031"):
        assert said in page.replace("\N{NO-BREAK SPACE}", " ")
    for hidden in ("64.000", "32.000", "16.000", "19.000"):
        assert hidden not in page
    member = text_of(logged_in(make_user("author")).get("/praxis/einsparungen/"))
    assert "19.000" in member
    narrowed = logged_in(None).get("/praxis/einsparungen/?art=saving_yearly&grundlage=estimated")
    assert "1 Eintrag" in text_of(narrowed)
    assert f"/uebernahmen/{counted.pk}/" in narrowed.content.decode()


def test_the_numbers_of_a_city_lead_to_their_records() -> None:
    giver = make_city("Gebestadt", slug="gebestadt")
    taken = make_practice("Baumpaten", city=giver)
    takers = [make_city("Nehmstadt"), make_city("Holstadt")]
    for taker in takers:
        adopt(taken, city=taker, confirmed=True)
    adopt(make_block("Formular", city=giver), city=takers[0], confirmed=True)
    adopt(make_practice("Nur intern", city=giver, visibility="network"), city=takers[0], confirmed=True)
    adopt(make_practice("Stilles", city=giver, visibility="anonymous"), city=takers[0], confirmed=True)
    adopt(taken, city=make_city("Fragestadt"))  # not confirmed
    address = "/staedte/gebestadt/uebernommen/"
    for reader, cities, things, number in ((None, 2, 2, 3), (make_user("author"), 2, 3, 4)):
        client = logged_in(reader)
        panel = client.get("/staedte/gebestadt/")
        assert f"Von {cities} Städten übernommen" in text_of(panel)
        assert f"{things} Beiträge und Bausteine dieser Stadt" in text_of(panel)
        assert f'href="{address}"' in panel.content.decode()
        page = text_of(client.get(address))
        assert f"{number} Übernahmen · {cities} Städte · {things} Beiträge und Bausteine" in page
        assert all(name in page for name in ("Baumpaten", "Formular", "Nehmstadt", "Holstadt"))
        assert ("Nur intern" in page) is (reader is not None)
        assert "Stilles" not in page
        assert "Fragestadt" not in page
    assert "Noch nichts" in text_of(logged_in(None).get(f"{takers[0].get_absolute_url()}uebernommen/"))
    assert logged_in(None).get("/staedte/gibt-es-nicht/uebernommen/").status_code == 404


def test_the_ledger_shows_what_needs_the_coordination(city: City) -> None:
    adopt(city=city, by=make_user("author", city=city))
    due = adopt(make_practice("Überfälliges"), confirmed=True)
    Adoption.objects.filter(pk=due.pk).update(next_check_on=timezone.localdate())
    client = logged_in(make_coordinator())
    page = text_of(client.get("/koordination/uebernahmen/"))
    assert "noch nicht bestätigt (1)" in page
    assert "erneut zu bestätigen (1)" in page
    overdue = text_of(client.get("/koordination/uebernahmen/?zeigen=ueberfaellig"))
    assert "Überfälliges" in overdue
    assert "Übernehmstadt" not in overdue
    assert "1 Übernahme" in text_of(client.get("/koordination/uebernahmen/?q=übernehm"))
    assert "/koordination/uebernahmen/" in client.get("/koordination/").content.decode()


def test_every_year_the_city_is_asked_and_then_the_coordination() -> None:
    adoption = adopt(confirmed=True)
    ask_whether_adoptions_hold()
    assert not AdoptionAsk.objects.exists()
    Adoption.objects.filter(pk=adoption.pk).update(next_check_on=timezone.localdate())
    for _twice in range(2):
        ask_whether_adoptions_hold()
    ask = AdoptionAsk.objects.get()
    assert ask.person == adoption.confirmed_by
    AdoptionAsk.objects.update(asked_at=timezone.now() - timedelta(days=30))
    for _twice in range(2):
        ask_whether_adoptions_hold()
    assert [ask.asked_as for ask in AdoptionAsk.objects.all()] == ["city", "coordination"]
    desk = logged_in(make_coordinator())
    (task,) = tasks_of(desk, "adoptions").rows
    assert task.title == adoption.subject.title
    unanswered = text_of(desk.get("/koordination/uebernahmen/?zeigen=ohne-antwort"))
    assert "ohne Antwort der Stadt (1)" in unanswered
    assert adoption.subject.title in unanswered
    (deed,) = task.deeds
    answer = desk.post(deed.url, follow=True)
    assert "noch einmal gefragt" in text_of(answer)
    assert [ask.asked_as for ask in AdoptionAsk.objects.filter(closed_at=None)] == ["city"]
    assert not tasks_of(desk, "adoptions").rows
    assert desk.post(f"/uebernahmen/{adoption.pk}/bestaetigen/").status_code == 403
    actions.confirm(adoption=adoption, by=make_user("leader", city=adoption.city))
    assert not AdoptionAsk.objects.filter(closed_at=None).exists()
    assert not asks.to_ask_about().exists()


def test_what_a_city_was_asked_about_lately_is_no_task_of_the_desk_which_says_so() -> None:
    adoption = adopt(by=make_user("author"))
    desk = logged_in(make_coordinator())
    page = text_of(desk.get("/koordination/"))
    assert "zu denen die Stadt nicht antwortet" in page
    assert "Keine Stadt ist mit ihrer Antwort überfällig. Was erst seit Kurzem" in page
    ledger = desk.get("/koordination/uebernahmen/?zeigen=ohne-antwort")
    assert "noch nicht bestätigt (1)" in text_of(ledger)
    assert "ohne Antwort der Stadt (0)" in text_of(ledger)
    assert adoption.subject.title not in text_of(ledger)


@pytest.mark.parametrize("status", [NetworkStatus.PAUSED, NetworkStatus.FORMER])
def test_of_a_city_that_left_the_coordination_is_asked_at_once(status: NetworkStatus) -> None:
    adoption = adopt(confirmed=True)
    City.objects.filter(pk=adoption.city_id).update(status=status)
    Adoption.objects.filter(pk=adoption.pk).update(next_check_on=timezone.localdate())
    OutgoingMail.objects.all().delete()
    for _twice in range(2):
        ask_whether_adoptions_hold()
    assert [(ask.asked_as, ask.person) for ask in AdoptionAsk.objects.all()] == [("coordination", None)]
    (mail,) = OutgoingMail.objects.all()
    assert mail.to == settings.COORDINATION_EMAIL
    assert "/uebernahmen/bestaetigung/" not in mail.text
    desk = logged_in(make_coordinator())
    assert "niemand da" in text_of(desk.post(f"/uebernahmen/{adoption.pk}/erneut-fragen/", follow=True))
    assert AdoptionAsk.objects.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("number", [1, 12])
def test_pages_cost_the_same_for_one_and_for_many(
    city: City, number: int, django_assert_max_num_queries: Any
) -> None:
    practice = make_practice("Viel gefragt", city=city)
    for _n in range(number):
        given = adopt(practice, confirmed=True)
        saved(given, 5)
        saved(adopt(city=city, confirmed=True), 5)
        Relation.objects.create(source=make_practice(), target=practice, kind="builds_on")
    client = logged_in(make_user("leader", city=city))
    client.get("/mein/")
    for address in (
        practice.get_absolute_url(),
        f"/praxis/{practice.pk}/familie/",
        f"/praxis/{given.practice_id}/uebernahmen/fragen/",
        given.get_absolute_url(),
        "/uebernahmen/",
        "/praxis/einsparungen/",
        f"{city.get_absolute_url()}uebernommen/",
        "/mein/",
    ):
        with django_assert_max_num_queries(8, info=address):
            assert client.get(address).status_code == 200
    desk = logged_in(make_coordinator())
    desk.get("/mein/")
    with django_assert_max_num_queries(8):
        assert desk.get("/koordination/uebernahmen/").status_code == 200


def test_the_own_list_has_pages_and_begins_with_what_waits(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PAGE_SIZE", 2)
    by = make_user("manager", city=city)
    waiting = adopt(make_practice("Wartendes"), city=city, by=by)
    for number in range(3):
        adopt(make_practice(f"Bestätigtes {number}"), city=city, by=by, confirmed=True)
    withdrawn = adopt(make_practice("Zurückgenommenes"), city=city, by=by)
    actions.withdraw(adoption=withdrawn, by=by)
    address: str | None = "/uebernahmen/"
    client, pages = logged_in(by), []
    while address:
        response = client.get(address)
        parts = response.context["parts"]
        assert [number for _key, _title, number, _rows in parts] == [1, 3, 1]
        pages.append([row.subject.title for *_head, rows in parts for row in rows])
        page = response.context["page"]
        address = f"/uebernahmen/?{page.next_query(response.wsgi_request.GET)}" if page.has_next else None
        assert ('rel="next"' in response.content.decode()) is page.has_next
    assert pages == [
        [waiting.subject.title, "Bestätigtes 2"],
        ["Bestätigtes 1", "Bestätigtes 0"],
        ["Zurückgenommenes"],
    ]
