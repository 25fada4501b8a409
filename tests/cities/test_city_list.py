"""/staedte/: who is listed, filters, order, paging, counts."""

import re

import pytest
from django.core import signing
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cities.enums import NetworkStatus, Role
from practices.enums import Visibility
from search.paging import SALT
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db
LIST = "/staedte/"


def names(content: str) -> list[str]:
    """The cities of the table in their order."""
    return re.findall(r'scope="row">\s*<a[^>]*>([^<]+)</a>', content)


def listed(query: str = "", client: Client | None = None) -> list[str]:
    response = (client or Client()).get(f"{LIST}?{query}")
    assert response.status_code == 200
    return names(response.content.decode())


def test_members_and_guests_are_listed_and_nobody_else() -> None:
    make_city("Aachtal", population=12_345)
    make_city("Gastdorf", status=NetworkStatus.GUEST)
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    shown = Client().get(LIST).content.decode()
    assert names(shown) == ["Aachtal", "Gastdorf"]
    assert "Fernstadt" not in shown
    assert "12.345" in shown
    assert "Mitglied seit August 2020" in shown
    assert "Gast seit August 2020" in shown
    assert "Einwohner am 31.12.2024" in shown


def test_different_dates_of_population_stand_at_each_number() -> None:
    make_city("Aachtal")
    make_city("Bachtal", population_date="2021-12-31")
    shown = Client().get(LIST).content.decode()
    assert "Einwohner am" not in shown
    assert "31.12.2024" in shown
    assert "31.12.2021" in shown


def test_names_stand_as_germans_sort_them() -> None:
    for name in ["Zell", "Österberg", "Oppenheim", "Ostheim", "Ärzen", "Aalen"]:
        make_city(name)
    assert listed() == ["Aalen", "Ärzen", "Oppenheim", "Österberg", "Ostheim", "Zell"]


@pytest.mark.parametrize(
    "typed", ["Wörth", "woerth", "WORTH", "wörth am rhein", "rhein wörth", "(Rhein) Wörth"]
)
def test_name_is_found_however_it_is_typed(typed: str) -> None:
    make_city("Wörth am Rhein")
    make_city("Speyer")
    assert listed(f"q={typed}") == ["Wörth am Rhein"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'"])
def test_signs_of_patterns_are_taken_as_they_are(typed: str) -> None:
    make_city("Wörth am Rhein")
    assert Client().get(LIST, {"q": typed}).status_code == 200
    assert names(Client().get(LIST, {"q": typed * 3}).content.decode()) == []


def test_filters_narrow_and_their_values_widen() -> None:
    make_city("Kleinstadt", ags="08111001", population=3_000)
    make_city("Mittelstadt", ags="08111002", population=30_000)
    make_city("Großstadt", ags="07111003", population=300_000)
    assert listed("land=08") == ["Kleinstadt", "Mittelstadt"]
    assert listed("land=08&groesse=rural") == ["Kleinstadt"]
    assert listed("groesse=rural&groesse=large_city") == ["Großstadt", "Kleinstadt"]
    assert listed("land=08&land=07&groesse=smaller_medium") == ["Mittelstadt"]
    assert listed("land=09") == []


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (0, "rural"),
        (4_999, "rural"),
        (5_000, "small"),
        (10_000, "larger_small"),
        (19_999, "larger_small"),
        (20_000, "smaller_medium"),
        (99_999, "larger_medium"),
        (100_000, "large_city"),
    ],
)
def test_size_classes_have_the_same_limits_everywhere(population: int, size: str) -> None:
    city = make_city("Stadt", population=population)
    assert city.size_class == size
    assert listed(f"groesse={size}") == ["Stadt"]
    shown = Client().get(LIST).content.decode()
    assert f'id="f-groesse-{size.replace("_", "_5f_")}"' in shown


def test_city_of_unknown_size_is_listed_without_size_filter_alone() -> None:
    make_city("Neuland", population=None, population_date=None)
    assert listed() == ["Neuland"]
    assert listed("groesse=rural") == []
    assert "unbekannt" in Client().get(LIST).content.decode()


def test_filter_counts_ignore_the_own_filter() -> None:
    make_city("Kleinstadt", ags="08111001", population=3_000)
    make_city("Mittelstadt", ags="07111002", population=30_000)
    facets = {facet.name: facet for facet in Client().get(f"{LIST}?land=08").context["facets"]}
    assert {choice.value: choice.count for choice in facets["land"].choices} == {"08": 1, "07": 1}
    assert {choice.value: choice.count for choice in facets["groesse"].choices} == {"rural": 1}


@pytest.mark.parametrize(
    "query",
    [
        "land=99", "land=<script>", "groesse=riesig", "q=%00", f"q={'x' * 5000}", "nach=abc", "vor=%00",
        "seite=abc", "seite=99999999999999999999", "land=%00&groesse=%00",
    ],
)  # fmt: skip
def test_tampered_filters_are_left_out(query: str) -> None:
    make_city("Aachtal")
    assert listed(query) == ["Aachtal"]


def test_tampered_filter_is_told_and_good_values_stay() -> None:
    make_city("Aachtal")
    make_city("Bachtal", ags="08111001")
    response = Client().get(f"{LIST}?land=99&land=08")
    assert "„99“ gibt es in diesem Filter nicht." in response.content.decode()
    assert names(response.content.decode()) == ["Bachtal"]


def test_cursor_of_another_list_is_ignored() -> None:
    make_city("Aachtal")
    token = signing.dumps([1, 2, 3], salt=SALT)
    assert listed(f"nach={token}") == ["Aachtal"]


def test_pages_go_on_and_back_without_gap() -> None:
    for number in range(120):
        make_city(f"Ort {number:03}")
    first = Client().get(LIST)
    second = Client().get(LIST + "?" + first.context["page"].next_query(first.wsgi_request.GET))
    third = Client().get(LIST + "?" + second.context["page"].next_query(second.wsgi_request.GET))
    back = Client().get(LIST + "?" + third.context["page"].previous_query(third.wsgi_request.GET))
    pages = [names(page.content.decode()) for page in (first, second, third)]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [name for page in pages for name in page] == [f"Ort {number:03}" for number in range(120)]
    assert names(back.content.decode()) == pages[1]
    assert not third.context["page"].has_next
    assert "120 Städte" in third.content.decode()


def test_write_ups_are_counted_as_far_as_the_reader_may_know() -> None:
    city = make_city("Aachtal")
    make_practice(city=city)
    make_practice(city=city, visibility=Visibility.NETWORK)
    make_practice(city=city, visibility=Visibility.ANONYMOUS)
    make_practice(city=city, status="draft", published_at=None)
    visitor = Client().get(LIST)
    member = logged_in(make_user(Role.AUTHOR)).get(LIST)
    [row] = visitor.context["rows"]
    assert row.practices == 1
    assert {row.name: row.practices for row in member.context["rows"]}["Aachtal"] == 2


def test_map_shows_the_cities_that_match_and_have_a_place() -> None:
    make_city("Aachtal")
    make_city("Bachtal", latitude=None, longitude=None)
    shown = Client().get(LIST)
    assert [point.name for point in shown.context["points"]] == ["Aachtal"]
    assert shown.context["state"] == "07"
    assert "map__drawing" in shown.content.decode()
    assert "map__drawing" not in Client().get(f"{LIST}?q=Bachtal").content.decode()


def test_empty_lists_say_what_to_do() -> None:
    assert "Noch keine Stadt im Netzwerk" in Client().get(LIST).content.decode()
    make_city("Aachtal")
    shown = Client().get(f"{LIST}?q=Nirgendwo").content.decode()
    assert "Keine Stadt passt zu diesen Filtern" in shown
    assert 'value="Nirgendwo"' in shown


@pytest.mark.parametrize("number", [1, 50])
def test_queries_do_not_grow_with_cities(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make_practice(city=make_city())
    with django_assert_num_queries(4):
        Client().get(LIST)
    member = logged_in(make_user(Role.AUTHOR))
    member.get(LIST)
    with django_assert_num_queries(6):
        member.get(LIST)
