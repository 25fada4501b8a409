"""The coordination moves people, closes accounts and opens them again; nobody else does."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cities.enums import Role
from cities.models import City, Membership
from practices.models import Practice
from tests.factories import PASSWORD, logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Altstadt")


@pytest.fixture
def person(city: City) -> User:
    return make_user(Role.MANAGER, city=city, name="Vera Wechsel", password=PASSWORD)


@pytest.fixture
def coordinator() -> Client:
    return logged_in(make_coordinator(name="Ina Koordination"))


def assign(client: Client, person: User, **fields: Any) -> Any:
    leaving = Membership.objects.filter(user=person).values_list("pk", flat=True).first() or ""
    data = {"city": "Neustadt", "role": "author", "leaving": leaving} | fields
    return client.post(f"/koordination/personen/{person.pk}/", data)


def test_a_person_moves_and_what_they_wrote_stays(city: City, person: User, coordinator: Client) -> None:
    new = make_city("Neustadt")
    practice = make_practice("Altes Werk", city=city, created_by=person, contact_user=person)
    assert assign(coordinator, person).status_code == 302
    assert list(person.memberships.values_list("city", "role")) == [(new.pk, "author")]
    practice.refresh_from_db()
    assert practice.city == city
    assert list(Practice.objects.orphaned()) == [practice]
    shown = coordinator.get(f"/koordination/personen/{person.pk}/").content.decode()
    assert "arbeitet nicht mehr für Altstadt mit" in shown
    assert "arbeitet für Neustadt mit: Redaktion" in shown
    assert "Ina Koordination" in shown


def test_a_second_city_can_come_along(city: City, person: User, coordinator: Client) -> None:
    make_city("Neustadt")
    assign(coordinator, person, leaving="", role="leader")
    assert person.memberships.count() == 2
    refused = assign(coordinator, person, leaving="")
    assert refused.status_code == 422
    assert "arbeitet schon für die Stadt mit" in refused.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("city", ""), ("city", "Nirgendwo"), ("role", "chef"), ("leaving", "999999"), ("leaving", "x")],
)
def test_bad_input_is_told_at_the_field(person: User, coordinator: Client, field: str, value: str) -> None:
    make_city("Neustadt")
    refused = assign(coordinator, person, **{field: value})
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert person.memberships.count() == 1


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(person: User, coordinator: Client) -> None:
    theirs = Client()
    theirs.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert theirs.get("/mein/").status_code == 200
    coordinator.post(f"/koordination/personen/{person.pk}/stilllegen/")
    assert theirs.get("/mein/").status_code == 302
    closed = coordinator.get("/koordination/personen/?wer=closed").content.decode()
    assert "Vera Wechsel" in closed
    assert "Vera Wechsel" not in coordinator.get("/koordination/personen/").content.decode()
    coordinator.post(f"/koordination/personen/{person.pk}/oeffnen/")
    theirs.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    assert theirs.get("/mein/").status_code == 200
    shown = coordinator.get(f"/koordination/personen/{person.pk}/").content.decode()
    assert shown.index("Konto wieder geöffnet") < shown.index("Konto stillgelegt")


def test_nobody_closes_the_own_account() -> None:
    me = make_coordinator()
    client = logged_in(me)
    client.post(f"/koordination/personen/{me.pk}/stilllegen/")
    me.refresh_from_db()
    assert me.is_active


@pytest.mark.parametrize("role", list(Role))
def test_others_see_and_change_nobody(city: City, person: User, role: Role) -> None:
    make_city("Neustadt")
    client = logged_in(make_user(role, city=city))
    assert client.get("/koordination/personen/").status_code == 403
    assert assign(client, person).status_code == 403
    assert client.post(f"/koordination/personen/{person.pk}/stilllegen/").status_code == 403
    person.refresh_from_db()
    assert person.is_active
    assert person.memberships.get().city == city


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Vera", "Otto", "Ida"}),
        ("?q=vera", {"Vera"}),
        ("?wer=manager", {"Vera"}),
        ("?wer=none", {"Otto"}),
        ("?wer=coordinator", {"Ida"}),
        ("?stadt=altstadt-hier", {"Vera"}),
        ("?wer=unsinn", {"Vera", "Otto", "Ida"}),
    ],
)
def test_the_list_is_narrowed(query: str, found: set[str]) -> None:
    make_user(Role.MANAGER, city=make_city("Altstadt", slug="altstadt-hier"), name="Vera")
    make_user(name="Otto")
    client = logged_in(make_coordinator(name="Ida"))
    page: Any = client.get(f"/koordination/personen/{query}")
    assert {person.name for person in page.context["people"]} == found
