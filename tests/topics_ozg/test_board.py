"""The board: who is furthest, who works on it, what nobody has."""

import pytest

from cities.enums import NetworkStatus, Role
from cities.models import City
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
    City.objects.filter(name="Landau").update(contact_email="stadt@example.org")
    visitor = logged_in(None).get(service.get_absolute_url()).text
    assert "Landau" in visitor
    assert "Wohngeldstelle" not in visitor
    assert "wohngeld@example.org" not in visitor
    member = logged_in(make_user(Role.AUTHOR)).get(service.get_absolute_url()).text
    assert "wohngeld@example.org" in member
    assert "stadt@example.org" not in member, "who named an office is asked there"
    assert "Stand von Musterstadt" in member


def test_where_no_office_is_named_the_contact_of_the_city_is_shown(field):
    service = make_service("Wohngeld", field=field)
    say(service, "Landau", office="Wohngeldstelle")
    say(service, "Speyer", "in_work")
    city = City.objects.get(name="Speyer")
    person = make_user(Role.MANAGER, city=city, name="Vera Beispiel", phone="06232 1")
    City.objects.filter(name="Landau").update(contact_name="Hauptamt", contact_phone="06341 130")
    City.objects.filter(name="Speyer").update(contact_user=person)
    page = service.get_absolute_url()
    visitor, member = logged_in(None), logged_in(make_user(Role.AUTHOR))
    public, known = visitor.get(page).text, member.get(page).text
    assert "tel:06341130" in public
    assert "Wohngeldstelle" not in public
    assert "Vera Beispiel" not in public
    assert "06232 1" not in public
    assert known.index("Wohngeldstelle") < known.index("tel:06341130"), "an office without an address"
    assert "Vera Beispiel" in known
    assert person.email in known
    part = f"/themen/ozg/stadt/{city.slug}/"
    assert "Vera Beispiel" not in visitor.get(part).text
    assert "sehen Mitglieder des Netzwerks nach der Anmeldung" in visitor.get(part).text
    shown = member.get(part).text
    assert shown.index("Vera Beispiel") < shown.index(">Wohngeld<")
    assert "bei der keine eigene Stelle steht" in shown


def test_filters_and_badges_mean_the_same(field):
    wohngeld = make_service("Wohngeld", field=field)
    say(wohngeld, "Köln")
    say(wohngeld, "Speyer", "in_work")
    make_service("Bauantrag", field=field)
    for query in ("", "q=wohngeld", "stand=in-arbeit"):
        (stand,) = [facet for facet in board(query).facets if facet.name == "stand"]
        numbers = {choice.value: choice.count for choice in stand.choices}
        nobody = 0 if query.startswith("q") else 1
        assert numbers == {"online": 1, "in-arbeit": 1, "niemand": nobody}
    for standing in ("online", "in-arbeit"):
        assert [row.service.name for row in board(f"stand={standing}").rows] == ["Wohngeld"]
    topic = logged_in(None).get("/themen/bauen/").text
    assert "<strong>1</strong> gerade in Arbeit" in topic


def test_the_field_of_the_search_stays_free_of_what_a_list_is_filtered_by(field):
    make_service("Wohngeld", field=field)
    page = logged_in(None).get("/themen/ozg/?q=wohngeld").text
    assert page.count('value="wohngeld"') == 1
    assert page.index('value="wohngeld"') > page.index('id="filter-leistung"')
    assert 'value="wohngeld"' in logged_in(None).get("/suche/?q=wohngeld").text


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
