"""Comparable cities on their page, a city's page and in the lists."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cities.enums import NetworkStatus, Role
from cities.models import City
from practices.enums import Kind, Visibility
from tests.comparable.test_measuring import landau, speyer
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db
FAR = {
    "ags": "01000009", "population": 300, "designation": "64", "urbanisation": "03", "area_km2": "20",
    "latitude": "54.5", "longitude": "9.5",
}  # fmt: skip


def titles(response: Any) -> list[str]:
    return [card.title for card in response.context["cards"]]


def rows(response: Any) -> list[str]:
    return [row.name for row in response.context["rows"]]


def test_page_shows_members_and_the_register_with_reasons() -> None:
    city = speyer()
    other = landau()
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE, designation="61", urbanisation="01")
    response = Client().get(f"/staedte/{city.slug}/vergleichbare/")
    shown = response.content.decode()
    assert "49.564 und 48.209 Einwohner" in shown
    assert "beide kreisfrei" in shown
    assert f'href="{other.get_absolute_url()}"' in shown
    assert "Fernstadt" in shown
    assert "Von Speyer nicht bekannt und darum nicht verglichen:\n      zentraler Ort" in shown
    assert "Nicht bekannt:" not in shown
    City.objects.filter(pk=city.pk).update(central_place="middle")
    again = Client().get(f"/staedte/{city.slug}/vergleichbare/").content.decode()
    assert "Nicht bekannt: zentraler Ort" in again
    assert "nicht verglichen" not in again
    assert f"/praxis/?wie={city.slug}" in shown


def test_cities_outside_have_no_link_but_for_those_who_admit() -> None:
    city, outside = speyer(), make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    address = f"/staedte/{city.slug}/vergleichbare/"
    link = f'href="{outside.get_absolute_url()}"'
    assert link not in Client().get(address).content.decode()
    assert link in logged_in(make_coordinator()).get(address).content.decode()
    assert Client().get(f"/staedte/{outside.slug}/vergleichbare/").status_code == 404


def test_own_weights_count_and_stay_in_the_form() -> None:
    city = landau()
    make_city("Ebenso groß", **{**FAR, "population": 48_000})
    make_city("Gleich nebenan", population=2_000, latitude="49.2", longitude="8.1")
    address = f"/staedte/{city.slug}/vergleichbare/"
    nothing = dict.fromkeys(("dichte", "besiedlung", "status", "zentralitaet", "land"), 0)
    by_size = Client().get(address, nothing | {"groesse": 3, "entfernung": 0})
    by_distance = Client().get(address, nothing | {"groesse": 0, "entfernung": 1})
    for found, like, other in (
        (by_size, "Ebenso groß", "Gleich nebenan"),
        (by_distance, "Gleich nebenan", "Ebenso groß"),
    ):
        assert [each.city.name for each in found.context["members"]] == [like]
        assert [each.city.name for each in found.context["less_alike"]] == [other]
    assert by_size.context["form"]["groesse"].value() == "3"
    assert '<details class="kern-accordion alike-weights" open' in by_size.content.decode()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("groesse=9", "„9“ ist kein Gewicht."),
        ("land=%3Cb%3E", "„&lt;b&gt;“ ist kein Gewicht."),
        (
            "groesse=0&dichte=0&besiedlung=0&status=0&zentralitaet=0&land=0&entfernung=0",
            "Mindestens ein Merkmal muss zählen.",
        ),
    ],
)
def test_wrong_weights_are_told_and_the_preset_counts(query: str, message: str) -> None:
    city = landau()
    speyer()
    response = Client().get(f"/staedte/{city.slug}/vergleichbare/?{query}")
    assert response.status_code == 200
    assert message in response.content.decode()
    assert len(response.context["members"]) == 1


def test_unknown_preset_is_the_balanced_one() -> None:
    response = Client().get(f"/staedte/{landau().slug}/vergleichbare/?profil=quatsch")
    assert [preset.slug for preset, is_current in response.context["presets"] if is_current] == [""]


def test_city_page_names_three_members_with_the_reason() -> None:
    city = landau()
    speyer()
    for _number in range(4):
        make_city(population=50_000, designation="61", urbanisation="02")
    shown = Client().get(city.get_absolute_url()).content.decode()
    assert "Vergleichbare Städte" in shown
    assert shown.count("alike__city") == 3
    assert "beide kreisfrei" in shown
    assert f"/staedte/{city.slug}/vergleichbare/" in shown


def test_alone_in_the_network_nothing_is_compared() -> None:
    city = landau()
    assert "Vergleichbare Städte" not in Client().get(city.get_absolute_url()).content.decode()
    assert "Noch keine andere Stadt" in Client().get(f"/staedte/{city.slug}/vergleichbare/").content.decode()


def test_practices_are_narrowed_to_cities_like_one_with_exact_numbers() -> None:
    city, alike = landau(), speyer()
    far = make_city("Weiler", **FAR)
    make_practice("Aus Speyer", city=alike)
    make_practice("Gestoppt in Speyer", city=alike, kind=Kind.STOPPED)
    make_practice("Verborgen in Speyer", city=alike, visibility=Visibility.ANONYMOUS)
    make_practice("Aus dem Weiler", city=far)
    make_practice("Eigenes", city=city)
    response = Client().get(f"/praxis/?wie={city.slug}")
    assert sorted(titles(response)) == ["Aus Speyer", "Gestoppt in Speyer"]
    assert response.context["page"].total == 2
    kinds = next(facet for facet in response.context["facets"] if facet.name == "art")
    assert {choice.value: choice.count for choice in kinds.choices if choice.count} == {
        "practice": 1,
        "stopped": 1,
    }
    shown = response.content.decode()
    assert "Städte wie Landau" in shown
    assert "Verglichen mit Landau" in shown
    # Anonymous write-ups have no city that could be compared, for members neither.
    member = logged_in(make_user(Role.AUTHOR, city=far)).get(f"/praxis/?wie={city.slug}")
    assert "Verborgen" not in member.content.decode()
    combined = Client().get(f"/praxis/?wie={city.slug}&art=stopped&q=Speyer")
    assert combined.context["page"].total == 1


def test_ours_is_the_city_of_the_reader_and_sorts_the_nearest_first() -> None:
    city, near = landau(), speyer()
    other = make_city(population=20_000)
    make_practice("Näher", city=near)
    make_practice("Ferner", city=other)
    client = logged_in(make_user(Role.AUTHOR, city=city))
    response = client.get("/praxis/?wie=unsere&sortierung=staedte")
    assert titles(response) == ["Näher", "Ferner"]
    assert "Ähnlichste Stadt zuerst" in response.content.decode()
    searched = client.get("/praxis/?wie=unsere&sortierung=staedte&q=Musterpraxis Näher")
    assert searched.status_code == 200
    plain = client.get("/praxis/")
    assert "Städte wie unsere" in plain.content.decode()
    assert "Ähnlichste Stadt zuerst" not in plain.content.decode()
    assert "Städte wie unsere" not in Client().get("/praxis/").content.decode()


def test_nearest_first_goes_on_page_by_page() -> None:
    city, near = landau(), speyer()
    other = make_city(population=20_000)
    for number in range(15):
        make_practice(f"Nah {number}", city=near)
        make_practice(f"Fern {number}", city=other)
    address = f"/praxis/?wie={city.slug}&sortierung=staedte"
    first = Client().get(address)
    second = Client().get("/praxis/?" + first.context["page"].next_query(first.wsgi_request.GET))
    found = titles(first) + titles(second)
    assert len(set(found)) == 30
    assert all(title.startswith("Nah") for title in found[:15])


@pytest.mark.parametrize("path", ["/praxis/", "/staedte/"])
def test_what_cannot_be_compared_is_said_and_nothing_is_narrowed(path: str) -> None:
    make_practice(city=landau())
    for value, message in {
        "unsere": "„Wie unsere“ geht nur",
        "gibt-es-nicht": "„gibt-es-nicht“ ist keine Stadt im Netzwerk",
        "!!": "ist keine Stadt im Netzwerk",
    }.items():
        response = Client().get(path, {"wie": value})
        assert message in response.content.decode()
        assert response.context["page"].total == 1
    assert Client().get(path, {"wie": "x" * 500}).status_code == 200


def test_city_list_is_narrowed_and_sorted_with_reasons() -> None:
    city, near = landau(), speyer()
    make_city("Aweiler", **FAR)
    response = Client().get(f"/staedte/?wie={city.slug}")
    assert rows(response) == [near.name]
    assert response.context["page"].total == 1
    assert "49.564" in response.content.decode()
    client = logged_in(make_user(Role.AUTHOR, city=city))
    ours = client.get("/staedte/?sortierung=aehnlich")
    assert rows(ours) == ["Landau", "Speyer", "Aweiler"]
    assert "beide kreisfrei" in ours.content.decode()
    by_name = ["Aweiler", "Landau", "Speyer"]
    assert rows(Client().get("/staedte/?sortierung=aehnlich")) == by_name
    assert rows(client.get("/staedte/?wie=unsere")) == ["Speyer"]


def test_cities_sorted_by_likeness_go_on_page_by_page() -> None:
    city = landau()
    for number in range(60):
        make_city(f"Ort {number}", population=20_000 + 7 * (number % 5))
    client = logged_in(make_user(Role.AUTHOR, city=city))
    first = client.get("/staedte/?sortierung=aehnlich")
    second = client.get("/staedte/?" + first.context["page"].next_query(first.wsgi_request.GET))
    back = client.get("/staedte/?" + second.context["page"].previous_query(second.wsgi_request.GET))
    assert len({*rows(first), *rows(second)}) == 61
    assert rows(back) == rows(first)
    # A cursor of the alphabetical list means nothing here.
    by_name = client.get("/staedte/")
    cursor = by_name.context["page"].next_query(by_name.wsgi_request.GET)
    assert rows(client.get(f"/staedte/?sortierung=aehnlich&{cursor}")) == rows(first)


def test_comparing_costs_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    city = landau()
    for _number in range(12):
        make_practice(city=make_city(population=50_000, designation="61", urbanisation="02"))
    with django_assert_num_queries(3):
        Client().get(f"/staedte/{city.slug}/vergleichbare/")
    client = logged_in(make_user(Role.AUTHOR, city=city))
    client.get("/praxis/")
    with django_assert_num_queries(8):
        client.get("/praxis/?wie=unsere&sortierung=staedte")
    with django_assert_num_queries(8):
        client.get("/staedte/?wie=unsere")


def test_members_that_are_only_the_nearest_are_said_to_be_less_alike() -> None:
    city, far = speyer(), make_city("Fernstadt", **FAR)
    shown = Client().get(f"/staedte/{city.slug}/vergleichbare/").text
    assert "Keine Stadt im Netzwerk ist Speyer wirklich ähnlich." in shown
    landau()
    response = Client().get(f"/staedte/{city.slug}/vergleichbare/")
    assert [each.city.name for each in response.context["members"]] == ["Landau"]
    assert [each.city for each in response.context["less_alike"]] == [far]
    assert "Weniger ähnlich (1)" in response.text


def test_own_weights_begin_as_the_preset_has_them() -> None:
    city = speyer()
    form = Client().get(f"/staedte/{city.slug}/vergleichbare/").context["form"]
    for trait, weight in form.preset.weights.items():
        assert f'value="{int(weight)}" selected' in str(form[trait.value]), trait
