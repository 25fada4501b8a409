"""The page of one write-up, its versions, and what it shows on other apps' pages."""

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from cities.models import City
from practices import actions
from practices.enums import Status, Visibility
from practices.models import Practice
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz", population=48209)


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


def text_of(client: Client, practice: Practice) -> str:
    return client.get(practice.get_absolute_url()).content.decode()


def test_former_address_redirects_to_the_present_one(city: City) -> None:
    practice = published("Größere Bäume", city=city)
    assert practice.get_absolute_url() == f"/praxis/{practice.pk}-groessere-baeume/"
    for address in (f"/praxis/{practice.pk}/", f"/praxis/{practice.pk}-kleine-baeume/"):
        response = logged_in(None).get(address)
        assert response.status_code == 301
        assert response.headers["Location"] == practice.get_absolute_url()
        assert response.headers["Cache-Control"] == "no-cache"


def test_page_begins_with_kind_city_and_size(city: City) -> None:
    text = text_of(logged_in(None), published(city=city))
    assert "Praxisbeispiel · Landau in der Pfalz (48.209\N{NO-BREAK SPACE}Einw.)" in text


def test_boxes_stand_before_the_story(city: City) -> None:
    practice = published(city=city, approach="<p>Schritt.</p>", results="<p>Zahl.</p>")
    text = text_of(logged_in(None), practice)
    order = [
        text.index(f'id="{name}"')
        for name in ("starting_point", "solution", "lessons", "approach", "results")
    ]
    assert order == sorted(order)
    assert 'href="#results"' in text


def test_stopped_project_leads_with_its_reason(city: City) -> None:
    text = text_of(logged_in(None), published(city=city, kind="stopped"))
    assert text.index('id="stop_reason"') < text.index('id="starting_point"')


def test_stale_practice_carries_a_banner(city: City) -> None:
    stale = published(city=city, confirmed_on=dt.date(2020, 3, 1), next_check_on=dt.date(2021, 3, 1))
    assert "Stimmt das noch?" in text_of(logged_in(None), stale)
    assert "Stimmt das noch?" not in text_of(logged_in(None), published(city=city))


def test_page_offers_to_call_and_to_write(city: City) -> None:
    practice = published(city=city, contact_phone="06341 13-0", deputy_name="Vertretung")
    text = text_of(logged_in(None), practice)
    assert 'href="tel:06341130"' in text
    assert 'href="mailto:digitalisierung@example.org"' in text
    assert "Vertretung" in text


def test_text_cannot_carry_a_script(city: City) -> None:
    practice = published("<script>alert(1)</script>", city=city, solution="<p>x<script>alert(2)</script></p>")
    text = text_of(logged_in(None), practice)
    assert "<script>alert" not in text


def test_returned_draft_tells_its_author_what_to_do(city: City, author: User) -> None:
    practice = make_practice(city=city, created_by=author, status=Status.IN_REVIEW)
    actions.send_back(practice=practice, by=make_coordinator(name="Prüfstelle"), remark="Bitte belegen.")
    Practice.objects.filter(pk=practice.pk).update(lessons="")
    text = text_of(logged_in(author), practice)
    assert "Wo steht der Beitrag?" in text
    assert "zurückgegeben von Prüfstelle" in text
    assert "Bitte belegen." in text
    assert "Vor dem Einreichen fehlt noch:" in text
    assert "Wo steht der Beitrag?" not in text_of(logged_in(make_user("leader", city=city)), practice)


def test_own_list_filters_by_status_and_pages(city: City, author: User) -> None:
    for number in range(23):
        make_practice(f"Nr. {number}", city=city, status=Status.DRAFT)
    published("Fertig", city=city)
    client = logged_in(author)
    first = client.get("/praxis/meine/?stand=draft")
    assert (first.context["page"].total, len(first.context["own"])) == (23, 20)
    second = client.get(f"/praxis/meine/?{first.context['page'].next_query(first.wsgi_request.GET)}")
    assert len(second.context["own"]) == 3
    back = client.get(f"/praxis/meine/?{second.context['page'].previous_query(second.wsgi_request.GET)}")
    assert len(back.context["own"]) == 20
    assert client.get("/praxis/meine/?stand=quatsch").context["page"].total == 24


def test_city_and_topic_pages_show_the_newest_and_lead_to_all(city: City) -> None:
    topic = make_topic("Bäume", slug="baeume")
    for number in range(6):
        published(f"Nr. {number}", city=city, topics=[topic])
    for page in (city, topic):
        text = logged_in(None).get(page.get_absolute_url()).content.decode()
        assert text.count("Praxisbeispiel · Landau in der Pfalz") == 4
        assert "Nr. 5" in text
        assert "Alle 6 Beiträge" in text


def test_the_start_page_shows_everybody_the_newest_that_everybody_may_read(city: City, author: User) -> None:
    published("Für alle", city=city)
    published("Nur im Netzwerk", city=city, visibility=Visibility.NETWORK)
    for reader in (None, author):
        text = logged_in(reader).get("/").content.decode()
        assert "Für alle" in text
        assert "Nur im Netzwerk" not in text


def test_pages_without_write_ups_offer_a_next_step(city: City, author: User) -> None:
    topic = make_topic()
    assert "Noch ist nichts veröffentlicht" in logged_in(None).get("/").content.decode()
    assert "noch keinen Beitrag" in logged_in(None).get(city.get_absolute_url()).content.decode()
    assert "noch nichts veröffentlicht" in logged_in(author).get(city.get_absolute_url()).content.decode()
    assert "noch keinen Beitrag" in logged_in(None).get(topic.get_absolute_url()).content.decode()


def test_dashboard_shows_what_came_back_and_what_is_mine(city: City, author: User) -> None:
    practice = make_practice("Zurück", city=city, created_by=author, status=Status.IN_REVIEW)
    actions.send_back(practice=practice, by=make_coordinator(), remark="Bitte belegen.")
    published("Von der Stadt", city=city)
    text = logged_in(author).get("/mein/").content.decode()
    for words in ("Zurückgegeben", "Bitte belegen.", "Meine Entwürfe", "Von der Stadt"):
        assert words in text


def test_desk_shows_what_waits(city: City) -> None:
    make_practice("Wartet", city=city, status=Status.IN_REVIEW)
    assert [task.title for task in tasks_of(logged_in(make_coordinator()), "review").rows] == ["Wartet"]


def test_a_city_without_a_page_is_named_and_not_linked(city: City) -> None:
    practice = published(city=city)
    outside = make_city("Fernstadt", status="outside")
    practice.partner_cities.set([outside])
    text = text_of(logged_in(None), practice)
    assert "Fernstadt" in text
    assert outside.get_absolute_url() not in text
    City.objects.filter(pk=city.pk).update(status="outside")
    text = text_of(logged_in(None), practice)
    assert city.name in text
    assert city.get_absolute_url() not in text
