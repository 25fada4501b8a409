"""/staedte/aufnehmen/: coordinators take municipalities of the register into the network."""

import datetime as dt

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cities.enums import NetworkStatus, Role
from cities.models import City
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db
ADMISSION = "/staedte/aufnehmen/"


def outside(name: str, **fields: object) -> City:
    return make_city(name, status=NetworkStatus.OUTSIDE, **fields)


def hits(typed: str) -> list[str]:
    response = logged_in(make_coordinator()).get(ADMISSION, {"q": typed})
    assert response.status_code == 200
    return [city.name for city in response.context["hits"]]


@pytest.mark.parametrize("typed", ["Wörth", "Woerth", "worth", "  WÖRTH  ", "wo"])
def test_municipality_is_found_however_it_is_typed(typed: str) -> None:
    outside("Wörth am Rhein")
    outside("Speyer")
    assert hits(typed) == ["Wörth am Rhein"]


def test_best_hit_comes_first() -> None:
    outside("Donauwörth", population=20_000)
    outside("Wörth am Rhein", population=18_000)
    outside("Wörth", population=4_000)
    outside("Wörthsee", population=5_000)
    assert hits("woerth") == ["Wörth", "Wörth am Rhein", "Wörthsee", "Donauwörth"]


def test_one_letter_finds_beginnings() -> None:
    outside("Speyer")
    outside("Landau")
    assert hits("s") == ["Speyer"]


def test_key_is_found_too() -> None:
    outside("Speyer", ags="07318000")
    outside("Landau", ags="07313000")
    assert hits("07318") == ["Speyer"]


def test_merged_municipalities_are_not_offered() -> None:
    outside("Altdorf", left_register_on=dt.date(2025, 11, 30))
    assert hits("altdorf") == []


def test_twenty_hits_are_enough() -> None:
    for number in range(25):
        outside(f"Neustadt {number}")
    response = logged_in(make_coordinator()).get(ADMISSION, {"q": "neustadt"})
    assert len(response.context["hits"]) == 20
    assert "Mehr Buchstaben grenzen ein" in response.content.decode()


def test_hits_tell_namesakes_apart_and_who_is_in() -> None:
    outside("Aach", district="Konstanz", ags="08335001", population=2_377)
    make_city("Aachen")
    shown = logged_in(make_coordinator()).get(ADMISSION, {"q": "aach"}).content.decode()
    assert "Baden-Württemberg · Konstanz · 2.377 Einwohner" in shown
    assert f'href="{ADMISSION}08335001/"' in shown
    assert f'href="{ADMISSION}08335001/?als=guest"' in shown
    assert shown.count("Als Mitglied aufnehmen: ") == 1


def test_nothing_found_says_what_to_try() -> None:
    shown = logged_in(make_coordinator()).get(ADMISSION, {"q": "Nirgendwo"}).content.decode()
    assert "Keine Gemeinde gefunden" in shown


@pytest.mark.parametrize("typed", ["\x00", "x" * 5_000, "%", "_", "()", "99999999999999999999", "٣"])
def test_odd_input_is_no_error(typed: str) -> None:
    outside("Speyer")
    assert hits(typed) == []


@pytest.mark.parametrize("number", [1, 20])
def test_queries_do_not_grow_with_hits(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        outside("Neustadt")
    client = logged_in(make_coordinator())
    client.get(ADMISSION)
    with django_assert_num_queries(3):
        client.get(ADMISSION, {"q": "neustadt"})


def test_search_uses_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    for typed in ("woerth", "wo"):
        assert "city_folded_name" in City.objects.containing(typed).explain()


def test_coordinator_admits_a_member_and_a_guest() -> None:
    member, guest = outside("Speyer"), outside("Landau")
    client = logged_in(make_coordinator())
    for city, status in ((member, "member"), (guest, "guest")):
        form = client.get(f"{ADMISSION}{city.ags}/?als={status}").context["form"]
        assert form["status"].value() == status
        response = client.post(f"{ADMISSION}{city.ags}/", {"status": status, "joined_on": "2026-03-01"})
        assert response.headers["Location"] == f"{city.get_absolute_url()}personen/"
        city.refresh_from_db()
        assert (city.status, city.joined_on) == (status, dt.date(2026, 3, 1))
        assert client.get(city.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"status": "member", "joined_on": ""},
        {"status": "member", "joined_on": "32.13.2026"},
        {"status": "outside", "joined_on": "2026-03-01"},
        {"status": "\x00", "joined_on": "\x00"},
    ],
)
def test_incomplete_admission_is_refused(data: dict[str, str]) -> None:
    city = outside("Speyer")
    response = logged_in(make_coordinator()).post(f"{ADMISSION}{city.ags}/", data)
    assert response.status_code == 422
    city.refresh_from_db()
    assert city.status == NetworkStatus.OUTSIDE


def test_city_is_not_admitted_twice() -> None:
    city = make_city("Speyer", joined_on=dt.date(2019, 4, 1))
    client = logged_in(make_coordinator())
    assert "Schon im Netzwerk" in client.get(f"{ADMISSION}{city.ags}/").content.decode()
    response = client.post(f"{ADMISSION}{city.ags}/", {"status": "guest", "joined_on": "2026-03-01"})
    assert response.status_code == 422
    city.refresh_from_db()
    assert (city.status, city.joined_on) == (NetworkStatus.MEMBER, dt.date(2019, 4, 1))


@pytest.mark.parametrize("ags", ["99999999", "abc", "0731800", "%00"])
def test_unknown_key_is_not_found(ags: str) -> None:
    assert logged_in(make_coordinator()).get(f"{ADMISSION}{ags}/").status_code == 404


def test_merged_municipality_cannot_be_admitted() -> None:
    city = outside("Altdorf", left_register_on=dt.date(2025, 11, 30))
    assert logged_in(make_coordinator()).get(f"{ADMISSION}{city.ags}/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_only_coordinators_admit(role: Role) -> None:
    city = outside("Speyer")
    client = logged_in(make_user(role))
    assert client.get(ADMISSION).status_code == 403
    assert client.get(f"{ADMISSION}{city.ags}/").status_code == 403
    data = {"status": "member", "joined_on": "2026-03-01"}
    assert client.post(f"{ADMISSION}{city.ags}/", data).status_code == 403


def test_visitors_log_in_first() -> None:
    assert logged_in(None).get(ADMISSION).headers["Location"].startswith("/konto/anmelden/")
