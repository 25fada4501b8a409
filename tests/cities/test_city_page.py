"""/staedte/<slug>/: what a city's page shows to whom."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, FormerCitySlug
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_practice, make_user

pytestmark = pytest.mark.django_db


def page(city: City, person: User | None = None) -> str:
    response = logged_in(person).get(city.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def manager_of(city: City) -> User:
    return make_user(Role.MANAGER, city=city)


def test_page_states_facts_with_their_date_and_source() -> None:
    city = make_city(
        "Wörth am Rhein",
        district="Germersheim",
        population=18_387,
        area_km2="131.62",
        central_place="middle",
        register_date=dt.date(2025, 11, 30),
        portrait="<p>Wir planen Glasfaser.</p>",
        website="https://woerth.example.org",
    )
    shown = page(city)
    for text in [
        "18.387 (31.12.2024)",
        "131,62 km²",
        "Rheinland-Pfalz",
        "Germersheim",
        "Mittelzentrum",
        "Mitglied seit August 2020",
        "Wir planen Glasfaser.",
        "Gebietsstand 30.11.2025",
        "Statistisches Bundesamt (Destatis)",
        "map__drawing",
        'href="https://woerth.example.org"',
    ]:
        assert text in shown


def test_contact_stands_before_everything_else() -> None:
    city = make_city(
        contact_name="Stabsstelle Digitalisierung",
        contact_email="digital@example.org",
        contact_phone="+49 (0) 631 365-0",
        portrait="<p>Vorstellung</p>",
    )
    shown = page(city)
    assert 'href="mailto:digital@example.org"' in shown
    assert 'href="tel:+496313650"' in shown
    assert shown.index("Stabsstelle Digitalisierung") < shown.index("Vorstellung")


def test_person_behind_the_office_is_for_members() -> None:
    person = make_user(name="Stelle West", email="west@example.org")
    city = make_city(contact_name="Stabsstelle", contact_user=person)
    assert "Stelle West" not in page(city)
    assert "west@example.org" not in page(city)
    shown = page(city, make_user(Role.AUTHOR))
    assert "Stelle West" in shown
    assert "mailto:west@example.org" in shown


def test_visitors_learn_that_members_see_whom_to_call() -> None:
    city = make_city(contact_user=make_user())
    assert "sehen Mitglieder des Netzwerks nach der Anmeldung" in page(city)


def test_account_that_was_closed_is_nobody_to_call() -> None:
    city = make_city(contact_user=make_user(name="Stelle West", is_active=False))
    assert "Stelle West" not in page(city, make_user(Role.AUTHOR))


def test_city_with_nothing_shows_tasks_to_its_managers_and_facts_to_others() -> None:
    city = make_city()
    for person in (manager_of(city), make_coordinator()):
        shown = page(city, person)
        assert "Damit kann die Stadt beginnen" in shown
        assert "Ansprechstelle nennen" in shown
        assert "Profil bearbeiten" in shown
    for other in (None, make_user(Role.AUTHOR, city=city), make_user(Role.MANAGER)):
        shown = page(city, other)
        assert "Damit kann die Stadt beginnen" not in shown
        assert "Profil bearbeiten" not in shown
        assert "Die Koordination stellt gern den Kontakt her" in shown


def test_full_profile_leaves_no_task() -> None:
    city = make_city(portrait="<p>x</p>", contact_email="a@example.org", website="https://example.org")
    assert "Damit kann die Stadt beginnen" not in page(city, manager_of(city))


def test_municipality_outside_the_network_is_for_coordinators_alone() -> None:
    city = make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    for person in (None, make_user(Role.MANAGER)):
        assert logged_in(person).get(city.get_absolute_url()).status_code == 404
    shown = page(city, make_coordinator())
    assert "Noch nicht im Netzwerk" in shown
    assert f'href="/staedte/aufnehmen/{city.ags}/"' in shown


def test_merged_municipality_cannot_be_admitted_and_says_so() -> None:
    outside = make_city(status=NetworkStatus.OUTSIDE, left_register_on=dt.date(2025, 11, 30))
    shown = page(outside, make_coordinator())
    assert "/staedte/aufnehmen/" + outside.ags not in shown
    member = make_city(left_register_on=dt.date(2025, 11, 30))
    assert "Nicht mehr im Gemeindeverzeichnis" in page(member)


def test_former_address_leads_to_the_page() -> None:
    city = make_city(slug="neu-am-rhein")
    FormerCitySlug.objects.create(slug="alt", city=city)
    response = Client().get("/staedte/alt/")
    assert (response.status_code, response.headers["Location"]) == (301, "/staedte/neu-am-rhein/")
    assert response.headers["Cache-Control"] == "no-cache"


def test_former_address_of_a_hidden_municipality_is_hidden_too() -> None:
    city = make_city(status=NetworkStatus.OUTSIDE)
    FormerCitySlug.objects.create(slug="alt", city=city)
    assert Client().get("/staedte/alt/").status_code == 404
    assert logged_in(make_coordinator()).get("/staedte/alt/").status_code == 301


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "A_b", "x" * 500])
def test_unknown_address_is_not_found(slug: str) -> None:
    assert Client().get(f"/staedte/{slug}/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_queries_of_the_page_do_not_grow(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    city = make_city()
    for _ in range(number):
        make_practice(city=city)
        make_leadership(city=city)
    client = logged_in(manager_of(city))
    client.get(city.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(city.get_absolute_url())
