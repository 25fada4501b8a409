"""The coordinators' desk: groups with tasks, counts on top, and what has nothing to do."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cities.enums import Role
from cities.people import actions
from search.models import Miss
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_practice, make_user
from topics.models import Leadership
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
    teach, pass_on, done = task.deeds
    assert 'value="zufahrtssperre"' in client.get(pass_on.url).content.decode()
    assert "zufahrtssperre" in client.get(teach.url).content.decode()
    page = client.post(done.url, dict(done.fields), follow=True)
    assert page.redirect_chain == [("/koordination/?nach=misses#gesagt", 302)]
    said = page.text
    assert said.count("Die Suche nach „zufahrtssperre“ ist erledigt.") == 1
    assert said.index('id="gesagt"') < said.index("ist erledigt.")
    assert tasks_of(client, "misses").total == 0


def test_an_invitation_is_withdrawn_from_the_desk(client: Client) -> None:
    actions.invite(email="a@example.org", city=make_city(), role=Role.AUTHOR, by=make_coordinator())
    again, withdraw = tasks_of(client, "invitations").rows[0].deeds
    sent = client.post(again.url, follow=True)
    assert sent.redirect_chain == [("/koordination/?nach=invitations#gesagt", 302)]
    group = sent.text[sent.text.index('id="aufgabe-invitations"') :]
    assert "Ein neuer Link ist unterwegs an a@example.org" in group, "said where the task stands"
    assert sent.text.count("Ein neuer Link ist unterwegs") == 1
    again, withdraw = tasks_of(client, "invitations").rows[0].deeds
    assert not withdraw.posts
    asked = client.get(withdraw.url).text
    assert "a@example.org" in asked
    assert 'href="/koordination/?nach=invitations#gesagt"' in asked
    assert tasks_of(client, "invitations").total == 1, "asking withdraws nothing"
    assert client.post(withdraw.url)["Location"] == "/koordination/?nach=invitations#gesagt"
    assert tasks_of(client, "invitations").total == 0


def test_the_list_of_invitations_leads_back_to_itself(client: Client) -> None:
    actions.invite(email="a@example.org", city=make_city(), role=Role.AUTHOR, by=make_coordinator())
    page: Any = client.get("/koordination/einladungen/")
    again, withdraw = page.context["tasks"][0].deeds
    assert client.post(again.url)["Location"] == "/koordination/einladungen/"
    page = client.get("/koordination/einladungen/")
    again, withdraw = page.context["tasks"][0].deeds
    assert client.post(f"{withdraw.url}?nach=https://example.org")["Location"] == "/koordination/einladungen/"


def test_who_is_missing_is_entered_and_what_is_due_confirmed_from_the_desk(client: Client) -> None:
    lead = make_leadership(next_check=timezone.localdate())
    enter, _hand_over = tasks_of(client, "leaderships").rows[0].deeds
    assert str(enter.label) == "Vertretung eintragen", "confirming would not end the task"
    assert enter.url.endswith("/?nach=leaderships#id_deputy_name")
    typed = {
        "engagement": "leads",
        "contact_name": lead.contact_name,
        "contact_email": lead.contact_email,
        "deputy_name": "Hauptamt",
        "deputy_email": "hauptamt@example.org",
        "since": "2024-01-01",
        "next_check": timezone.localdate().isoformat(),
        "version": lead.version,
    }
    saved = client.post(enter.url, typed)
    assert saved["Location"] == "/koordination/?nach=leaderships#gesagt"
    confirm, change, _hand_over = tasks_of(client, "leaderships").rows[0].deeds
    assert [str(confirm.label), str(change.label)] == ["Stimmt noch", "Ändern"]
    assert client.post(confirm.url)["Location"] == "/koordination/?nach=leaderships#gesagt"
    assert tasks_of(client, "leaderships").total == 0
    Leadership.objects.update(contact_email="")
    (task,) = tasks_of(client, "leaderships").rows
    assert str(task.deeds[0].label) == "Ansprechperson eintragen"
    listed = client.get("/themen/federfuehrung/").text
    assert "Ansprechperson eintragen" in listed
    assert "Stimmt noch" not in listed


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_is_for_the_coordination(role: Role) -> None:
    assert logged_in(make_user(role)).get("/koordination/").status_code == 403
