"""The board: who is furthest, who works on it, what nobody has."""

import pytest

from cities.enums import NetworkStatus, Role
from search.entries import rebuild
from search.models import Entry
from tests.factories import logged_in, make_city, make_service, make_topic, make_user
from topics.models import ServiceProgress
from topics.ozg.fields import Fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def field():
    return make_topic("Bauen & Wohnen", slug="bauen", parent=make_topic("OZG", slug="onlinezugangsgesetz"))


def say(service, name: str, state: str = "live", level: int | None = None, model: str = "", **more) -> None:
    city = make_city(name, **{key: more.pop(key) for key in ("ags", "population", "status") if key in more})
    ServiceProgress.objects.create(
        service=service, city=city, state=state, maturity=level, model_version=model, **more
    )


def board(query: str = ""):
    return logged_in(None).get(f"/themen/ozg/?{query}").context["board"]


def test_the_furthest_stands_first_on_either_scale(field):
    service = make_service("Wohngeld", field=field)
    say(service, "Halb", level=2, model="1.1")
    say(service, "Weit", level=6, model="2.0")
    say(service, "Ohne")
    say(service, "Dran", "in_work", level=4, model="1.1")
    say(service, "Draußen", level=4, model="1.1", status=NetworkStatus.OUTSIDE)
    (row,) = board().rows
    assert [one.city.name for one in row.live] == ["Weit", "Halb", "Ohne"]
    assert [one.city.name for one in row.working] == ["Dran"]
    assert (row.live_number, row.working_number) == (3, 1)


def test_filters_by_field_standing_place_and_words(field):
    other = make_topic("Umwelt", slug="umwelt", parent=field.parent)
    wohngeld, solar = make_service("Wohngeld", field=field), make_service("Solaranlage", field=other)
    make_service("Baumfällung", field=other, leika_key="99000000000001")
    say(wohngeld, "Köln", ags="05315000", population=1_000_000)
    say(solar, "Speyer", "in_work", population=49_000)

    def names(query: str) -> list[str]:
        return [row.service.name for row in board(query).rows]

    assert names("") == ["Wohngeld", "Baumfällung", "Solaranlage"]
    assert names("thema=umwelt") == ["Baumfällung", "Solaranlage"]
    assert names("stand=online") == ["Wohngeld"]
    assert names("stand=in-arbeit") == ["Solaranlage"]
    assert names("stand=niemand") == ["Baumfällung"]
    assert names("stand=online&land=07") == []
    assert names("stand=in-arbeit&groesse=smaller_medium") == ["Solaranlage"]
    assert names("q=baumfaellung") == names("q=99000000") == ["Baumfällung"]
    assert "gibt es in diesem Filter nicht" in logged_in(None).get("/themen/ozg/?land=99").text


def test_a_service_tells_members_whom_to_ask_and_visitors_where_to_look(field):
    service = make_service("Wohngeld", field=field)
    say(service, "Landau", office="Wohngeldstelle", email="wohngeld@example.org")
    visitor = logged_in(None).get(service.get_absolute_url()).text
    assert "Landau" in visitor
    assert "Wohngeldstelle" not in visitor
    assert "wohngeld@example.org" not in visitor
    member = logged_in(make_user(Role.AUTHOR)).get(service.get_absolute_url()).text
    assert "wohngeld@example.org" in member
    assert "Stand von Musterstadt" in member


def test_a_city_and_a_themenfeld_show_their_part(field):
    service = make_service("Wohngeld", field=field)
    make_service("Bauantrag", field=field)
    say(service, "Landau", level=3, model="1.1", way="efa")
    city = service.progress.get().city
    visitor = logged_in(None)
    assert "OZG-Leistungen" in visitor.get(city.get_absolute_url()).text
    part = visitor.get(f"/themen/ozg/stadt/{city.slug}/").text
    assert "Reifegrad 3 von 4 (Online-Dienst, Modell 1.1)" in part
    assert "thema=bauen&amp;stand=niemand" in visitor.get("/themen/bauen/").text
    assert "ozg-leistungen" not in visitor.get(make_topic("Anderes", slug="anderes").get_absolute_url()).text


def test_people_find_the_grid_from_their_own_pages(field):
    make_service("Wohngeld", field=field)
    city = make_city("Landau", slug="landau")
    client = logged_in(make_user(Role.AUTHOR, city=city))
    for page in ("/mein/", "/staedte/landau/", "/themen/ozg/"):
        assert "/themen/ozg/stadt/landau/eintragen/" in client.get(page).text
    assert "/themen/ozg/" in logged_in(None).get("/themen/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_asks_as_often_for_one_row_as_for_three(field, number, django_assert_num_queries):
    for _each in range(number):
        service = make_service(field=field)
        for _city in range(number):
            say(service, f"Stadt {_each}{_city}")
    client = logged_in(None)
    with django_assert_num_queries(4):
        assert client.get("/themen/ozg/").status_code == 200


def test_a_renamed_themenfeld_stays_one(field):
    field.name, field.synonyms = "Wohnen in der Stadt", ["Bauen & Wohnen"]
    field.save()
    fields = Fields()
    assert field.pk in fields
    found = fields.named("Bauen und Wohnen")
    assert found is not None
    assert found.id == field.pk


def test_a_rebuilt_search_knows_services(field):
    service = make_service("Wohngeld", field=field)
    rebuild()
    assert Entry.objects.filter(source=6, object_id=service.pk, topics__contains=[field.parent_id]).exists()
