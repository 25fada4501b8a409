"""Start page, dashboard and desk."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cities.enums import NetworkStatus
from ikone.views.home import MOST_CITIES
from tests.factories import make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db


def test_the_start_page_shows_member_cities_on_map_and_list() -> None:
    make_city("Aachtal", population=1234)
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE, joined_on=None)
    shown = Client().get("/").content.decode()
    assert shown.count("Aachtal") >= 2
    assert "1.234" in shown
    assert "Fernstadt" not in shown


def test_the_start_page_names_the_largest_cities_and_counts_the_rest() -> None:
    for number in range(MOST_CITIES + 2):
        make_city(f"Ort {number:03}", population=1_000 + number)
    shown = Client().get("/").content.decode()
    assert "Ort 002" in shown
    assert "Ort 001" not in shown
    assert "und 2 kleinere Städte" in " ".join(shown.split())
    assert "107.151" in shown  # everybody, not only those of the cities shown


def test_the_start_page_works_with_an_empty_database() -> None:
    response = Client().get("/")
    assert response.status_code == 200
    assert "Noch keine Stadt im Netzwerk" in response.content.decode()


@pytest.mark.parametrize("cities", [1, 50])
def test_the_start_page_needs_no_more_queries_for_more_cities(
    cities: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(cities):
        make_city()
    with django_assert_max_num_queries(8):
        Client().get("/")


def test_members_find_their_own_first_and_visitors_the_figures() -> None:
    visitor = Client().get("/").content.decode()
    assert "Für Sie" not in visitor
    assert "Das Netzwerk in Zahlen" in visitor
    client = Client()
    client.force_login(make_user("manager"))
    member = client.get("/").content.decode()
    assert member.index("Für Sie") < member.index("Wofür suchen Sie")
    assert "Das Netzwerk in Zahlen" not in member


def test_visitors_get_no_cookie() -> None:
    assert not Client().get("/").cookies


def test_the_dashboard_greets_and_names_the_cities() -> None:
    city = make_city("Aachtal")
    client = Client()
    client.force_login(make_user("author", city=city, name="Stelle Nord"))
    shown = client.get("/mein/").content.decode()
    assert "Guten Tag, Stelle Nord" in shown
    assert "Aachtal" in shown


def test_visitors_log_in_before_the_dashboard() -> None:
    response = Client().get("/mein/")
    assert response.status_code == 302
    assert "/konto/anmelden/" in response["Location"]


def test_the_desk_is_for_coordinators() -> None:
    client = Client()
    client.force_login(make_user("manager"))
    assert client.get("/koordination/").status_code == 403
    client.force_login(make_coordinator())
    assert client.get("/koordination/").status_code == 200


def test_the_gallery_is_for_staff() -> None:
    client = Client()
    client.force_login(make_user("manager"))
    assert client.get("/ui/").status_code == 403
    client.force_login(make_coordinator(is_staff=True))
    shown = client.get("/ui/").content.decode()
    assert shown.count("<h1") == 1
    assert "&#123;% badge" in shown
