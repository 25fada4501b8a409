"""What people find first in their own area."""

import pytest

from cities.enums import NetworkStatus, Role
from tests.factories import logged_in, make_city, make_user

pytestmark = pytest.mark.django_db


def test_a_leader_has_three_ways_one_tap_from_the_end():
    city = make_city("Landau")
    html = logged_in(make_user(Role.LEADER, city=city)).get("/mein/").text
    for address, words in (
        ("/themen/", "Wen rufe ich an?"),
        ("/praxis/", "Eine Lösung suchen"),
        (city.get_absolute_url(), "Unsere Stadt"),
    ):
        assert f'href="{address}">{words}</a>' in html


def test_a_manager_goes_on_to_the_profile_and_the_people():
    city = make_city("Landau")
    html = logged_in(make_user(Role.MANAGER, city=city)).get("/mein/").text
    assert f"{city.get_absolute_url()}bearbeiten/" in html
    assert f"{city.get_absolute_url()}personen/" in html
    assert 'href="/praxis/neu/">Eine Erfahrung teilen</a>' in html


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEADER])
def test_a_city_outside_the_network_leads_nowhere(role):
    city = make_city("Landau", status=NetworkStatus.OUTSIDE)
    html = logged_in(make_user(role, city=city)).get("/mein/").text
    assert f"{city.get_absolute_url()}personen/" not in html
    assert "Unsere Stadt" not in html


def test_an_author_has_neither():
    html = logged_in(make_user(Role.AUTHOR)).get("/mein/").text
    assert "Profil bearbeiten" not in html
    assert "Unsere Stadt" not in html
