"""Cities pause, leave and come back: nothing is lost, nobody writes meanwhile, all is in the history."""

import datetime as dt
import html
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from cities.enums import NetworkStatus, Role
from cities.models import City, Invitation, StatusChange
from cities.permissions import can_write_for
from notifications.models import OutgoingMail
from practices.enums import Visibility
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_invitation(city: City) -> Invitation:
    return Invitation.objects.create(
        email="neu@example.org",
        city=city,
        role=Role.AUTHOR,
        token_hash="c" * 64,
        expires_at=timezone.now() + dt.timedelta(days=14),
    )


def change(city: City, client: Client, **fields: Any) -> Any:
    data = {"status": "paused", "since": "2026-01-15", "remark": "Umbau im Haus.", "seen": "member"}
    return client.post(f"/koordination/staedte/{city.slug}/", data | fields)


@pytest.mark.parametrize("status", ["paused", "former"])
def test_a_city_that_pauses_or_leaves_keeps_all_and_writes_nothing(status: str) -> None:
    city = make_city("Ruhstadt")
    person = make_user(Role.MANAGER, city=city)
    practice = make_practice("Bleibt lesbar", city=city)
    shared = make_practice("Nur unter uns", visibility=Visibility.NETWORK)
    coordinator = make_coordinator()
    client = logged_in(coordinator)
    shown = client.get(f"/koordination/staedte/{city.slug}/").content.decode()
    assert "1 Person kann nicht mehr schreiben" in shown
    assert "1 veröffentlichter Beitrag bleibt lesbar" in shown
    assert change(city, client, status=status).status_code == 302
    city.refresh_from_db()
    label = NetworkStatus(status).label
    assert city.status == status
    assert not can_write_for(person, city)
    member = logged_in(person)
    assert str(label) in member.get("/mein/").content.decode()
    assert member.get("/praxis/neu/").status_code in {302, 403}
    assert member.get(shared.get_absolute_url()).status_code == 404
    visitor = Client()
    assert f"Ruhstadt: {label}" in visitor.get(practice.get_absolute_url()).content.decode()
    assert "Bleibt lesbar" in visitor.get("/praxis/").content.decode()
    assert str(label) in visitor.get(city.get_absolute_url()).content.decode()
    assert "Ruhstadt" not in visitor.get("/staedte/").content.decode()
    mail = OutgoingMail.objects.get(to=person.email)
    assert "Umbau im Haus." in mail.text
    row = StatusChange.objects.get()
    assert (row.before, row.after, row.by, row.since) == (
        "member", status, coordinator, dt.date(2026, 1, 15),
    )  # fmt: skip


def test_a_city_that_comes_back_has_all_its_rights_again() -> None:
    city = make_city()
    person = make_user(Role.AUTHOR, city=city)
    client = logged_in(make_coordinator())
    change(city, client)
    assert change(city, client, status="member", seen="paused").status_code == 302
    assert logged_in(person).get("/praxis/neu/").status_code == 200
    assert "wieder im Netzwerk" in OutgoingMail.objects.filter(to=person.email).latest("pk").subject
    shown = client.get(f"/koordination/staedte/{city.slug}/").content.decode()
    assert shown.index("Mitgliedschaft ruht → Mitglied") < shown.index("Mitglied → Mitgliedschaft ruht")


def test_an_admission_by_mistake_is_taken_back() -> None:
    city = make_city()
    client = logged_in(make_coordinator())
    answer = change(city, client, status="outside")
    assert answer["Location"] == "/koordination/staedte/"
    assert "Über „Stadt aufnehmen“ kommt sie zurück." in client.get(answer["Location"]).content.decode()
    assert Client().get(city.get_absolute_url()).status_code == 404


def test_a_city_with_things_in_the_portal_was_not_admitted_by_mistake() -> None:
    city = make_city("Bleibstadt")
    make_practice(city=city, status="draft")
    make_leadership(city=city)
    make_user(Role.MANAGER, city=city)
    make_invitation(city)
    make_practice()  # another city's does not count
    client = logged_in(make_coordinator())
    answer = change(city, client, status="outside")
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert "1 Beitrag, 1 Rolle bei einem Thema, 1 Person, 1 offene Einladung." in shown
    assert "Wählen Sie „ausgeschieden“" in shown
    assert "Umbau im Haus." in shown, "what was typed stays"
    city.refresh_from_db()
    assert city.status == NetworkStatus.MEMBER
    assert not StatusChange.objects.exists()


def test_an_invitation_of_a_pausing_city_does_not_read_as_expired() -> None:
    city = make_city("Ruhstadt", status=NetworkStatus.PAUSED)
    make_invitation(city)
    client = logged_in(make_coordinator())
    for page in ("/koordination/", "/koordination/einladungen/", f"{city.get_absolute_url()}personen/"):
        shown = client.get(page).content.decode()
        assert "gilt nicht: Die Stadt ist nicht im Netzwerk" in shown, page
        assert "abgelaufen am" not in shown


def test_the_slower_of_two_coordinators_is_told() -> None:
    city = make_city()
    client = logged_in(make_coordinator())
    change(city, client)
    answer = change(city, client, status="former")
    assert "inzwischen jemand anderes" in client.get(answer["Location"]).content.decode()
    city.refresh_from_db()
    assert city.status == NetworkStatus.PAUSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", ""),
        ("status", "chef"),
        ("since", "31.02.2026"),
        ("since", f"{timezone.localdate() + dt.timedelta(days=2)}"),
        ("remark", "x" * 1001),
    ],
)
def test_bad_input_is_told_at_the_field(field: str, value: str) -> None:
    answer = change(make_city(), logged_in(make_coordinator()), **{field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_changes_the_status(role: Role) -> None:
    city = make_city()
    assert change(city, logged_in(make_user(role, city=city))).status_code == 403
    assert not StatusChange.objects.exists()


def test_a_change_that_changes_nothing_cannot_be_stored() -> None:
    with pytest.raises(IntegrityError, match="statuschange_changes_something"):
        StatusChange.objects.create(
            city=make_city(), before="member", after="member", since=timezone.localdate()
        )


def test_the_working_list_tells_people_invitations_and_the_last_day() -> None:
    city = make_city("Beispielhausen")
    make_user(Role.AUTHOR, city=city, last_login=dt.datetime(2026, 3, 4, 12, 37, tzinfo=dt.UTC))
    make_city("Ruhstadt", status=NetworkStatus.PAUSED)
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    client = logged_in(make_coordinator())
    shown = client.get("/koordination/staedte/").content.decode()
    assert "04.03.2026" in shown
    assert "13:37" not in shown, "the day is enough"
    assert "Fernstadt" not in shown
    assert "Beispielhausen" not in client.get("/koordination/staedte/?stand=paused").content.decode()
    assert "Ruhstadt" not in client.get("/koordination/staedte/?q=beispiel").content.decode()
