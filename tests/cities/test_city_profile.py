"""/staedte/<slug>/bearbeiten/: who may change what of a city's profile."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, FormerCitySlug
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db


def profile(city: City, **changes: Any) -> dict[str, Any]:
    """The form as the page shows it, with changes."""
    return {
        "portrait": city.portrait,
        "contact_name": city.contact_name,
        "contact_email": city.contact_email,
        "contact_phone": city.contact_phone,
        "contact_user": city.contact_user_id or "",
        "website": city.website,
        "version": city.version,
        "status": city.status,
        "joined_on": city.joined_on or "",
        "central_place": city.central_place,
        "slug": city.slug,
    } | changes


def save(city: City, person: User, **changes: Any) -> Any:
    return logged_in(person).post(f"/staedte/{city.slug}/bearbeiten/", profile(city, **changes))


def manager_of(city: City) -> User:
    return make_user(Role.MANAGER, city=city)


def test_manager_edits_the_profile() -> None:
    city = make_city()
    colleague = make_user(Role.AUTHOR, city=city)
    response = save(
        city,
        manager_of(city),
        portrait='<h2>Wir</h2><script>alert(1)</script><p onclick="x()">Text</p>',
        contact_name="Stabsstelle",
        contact_email="stab@example.org",
        contact_user=colleague.pk,
        website="woerth.example.org",
    )
    assert (response.status_code, response.headers["Location"]) == (302, city.get_absolute_url())
    city.refresh_from_db()
    assert "script" not in city.portrait
    assert "onclick" not in city.portrait
    assert "Text" in city.portrait
    assert (city.contact_name, city.contact_user, city.website) == (
        "Stabsstelle",
        colleague,
        "https://woerth.example.org",
    )
    assert city.version == 2


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.LEADER, None])
def test_others_of_the_city_may_not_edit(role: Role | None) -> None:
    city = make_city()
    person = make_user(role, city=city) if role else make_user(Role.MANAGER)
    assert logged_in(person).get(f"/staedte/{city.slug}/bearbeiten/").status_code == 403
    assert save(city, person, portrait="<p>Neu</p>").status_code == 403
    city.refresh_from_db()
    assert city.portrait == ""


def test_manager_cannot_change_what_coordinators_decide() -> None:
    city = make_city(slug="bleibt")
    save(city, manager_of(city), status=NetworkStatus.OUTSIDE, slug="anders", joined_on="1999-01-01")
    city.refresh_from_db()
    assert (city.status, city.slug, city.joined_on) == (NetworkStatus.MEMBER, "bleibt", dt.date(2020, 8, 1))


def test_coordinator_moves_the_page_and_the_old_address_redirects() -> None:
    city = make_city(slug="alt")
    response = save(city, make_coordinator(), slug="Wörth am Rhein", central_place="high")
    assert response.headers["Location"] == "/staedte/woerth-am-rhein/"
    assert Client().get("/staedte/alt/").headers["Location"] == "/staedte/woerth-am-rhein/"
    city.refresh_from_db()
    assert city.central_place == "high"


def test_page_can_move_back() -> None:
    city, coordinator = make_city(slug="alt"), make_coordinator()
    save(city, coordinator, slug="neu")
    city.refresh_from_db()
    save(city, coordinator, slug="alt")
    assert Client().get("/staedte/alt/").status_code == 200
    assert Client().get("/staedte/neu/").headers["Location"] == "/staedte/alt/"


@pytest.mark.parametrize("slug", ["vergeben", "frueher", "aufnehmen", "!!!", "", "\x00"])
def test_address_that_cannot_be_is_refused_with_input_kept(slug: str) -> None:
    make_city(slug="vergeben")
    FormerCitySlug.objects.create(slug="frueher", city=make_city())
    city = make_city(slug="bleibt")
    response = save(city, make_coordinator(), slug=slug, contact_name="Neue Stelle")
    assert response.status_code == 422
    assert response.context["form"].errors["slug"]
    assert "Neue Stelle" in response.content.decode()
    city.refresh_from_db()
    assert (city.slug, city.contact_name) == ("bleibt", "")


def test_network_city_needs_its_date() -> None:
    response = save(make_city(), make_coordinator(), joined_on="")
    assert "Bitte geben Sie an, seit wann die Stadt dabei ist." in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact_email", "keine adresse"),
        ("contact_name", "x" * 161),
        ("contact_phone", "\x00"),
        ("website", "javascript:alert(1)"),
        ("website", "https://" + "x" * 300),
        ("portrait", "x" * 60_000),
        ("contact_user", "999999999999999999999"),
        ("contact_user", "abc"),
        ("version", "abc"),
        ("joined_on", "31.02.2020"),
    ],
)
def test_bad_input_is_told_at_the_field(field: str, value: str) -> None:
    response = save(make_city(), make_coordinator(), **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_stranger_cannot_be_made_the_contact() -> None:
    city = make_city()
    response = save(city, manager_of(city), contact_user=make_user(Role.AUTHOR).pk)
    assert "contact_user" in response.context["form"].errors


def test_second_of_two_savers_is_told_and_loses_nothing() -> None:
    city = make_city()
    first, second = manager_of(city), manager_of(city)
    save(city, first, contact_name="Erste Stelle")
    response = save(city, second, contact_name="Zweite Stelle")
    shown = response.content.decode()
    assert response.status_code == 422
    assert "Erste Stelle" in shown
    assert "Zweite Stelle" in shown
    city.refresh_from_db()
    assert city.contact_name == "Erste Stelle"
    save(city, second, contact_name="Zweite Stelle")
    city.refresh_from_db()
    assert city.contact_name == "Zweite Stelle"
