"""The coordinators' desk: groups with tasks, counts on top, and what has nothing to do."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cities.enums import Role
from cities.people import actions
from search.models import Miss
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from ui.desk import groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


def test_an_empty_desk_says_so_for_every_kind_of_task(client: Client) -> None:
    page = client.get("/koordination/").content.decode()
    assert "Nichts zu tun" in page
    assert "Hier ist nichts zu tun" in page
    for group in groups():
        assert str(group.nothing) in page


def test_what_waits_is_counted_on_top_and_leads_to_its_group(client: Client) -> None:
    city = make_city("Landau")
    for number in range(12):
        actions.invite(email=f"p{number}@example.org", city=city, role=Role.AUTHOR, by=make_coordinator())
    make_practice("Wartet", city=city, status="in_review")
    page = client.get("/koordination/").content.decode()
    found = re.search(r"(\d+) Aufgaben", page)
    assert found
    assert int(found[1]) == sum(tasks_of(client, group.code).total for group in groups())
    assert tasks_of(client, "review").total == 1
    assert 'href="#aufgabe-invitations"' in page
    assert 'id="aufgabe-invitations"' in page
    shown = tasks_of(client, "invitations")
    assert (shown.total, len(shown.rows)) == (12, 10)
    assert shown.rows[0].title == "p0@example.org", "the oldest first"
    assert "Gezeigt sind die ersten 10 von 12" in page
    assert str(shown.title) == "Einladungen ohne Antwort"
    assert 'desk-overview__count">1</span> Beitrag zu prüfen' in page
    assert "Beiträge zu prüfen" not in page
    assert page.count('href="/themen/bearbeiten/"') == 1


def test_a_vain_search_is_done_from_the_desk(client: Client) -> None:
    Miss.objects.create(text="zufahrtssperre", count=3, last_on=timezone.localdate())
    task = tasks_of(client, "misses").rows[0]
    assert task.note.startswith("3-mal gesucht")
    teach, done = task.deeds
    assert "zufahrtssperre" in client.get(teach.url).content.decode()
    assert client.post(done.url, dict(done.fields))["Location"] == "/koordination/"
    assert tasks_of(client, "misses").total == 0


def test_an_invitation_is_withdrawn_from_the_desk(client: Client) -> None:
    actions.invite(email="a@example.org", city=make_city(), role=Role.AUTHOR, by=make_coordinator())
    again, withdraw = tasks_of(client, "invitations").rows[0].deeds
    assert client.post(again.url).status_code == 302
    assert client.post(withdraw.url).status_code == 302
    assert tasks_of(client, "invitations").total == 0


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_is_for_the_coordination(role: Role) -> None:
    assert logged_in(make_user(role)).get("/koordination/").status_code == 403
