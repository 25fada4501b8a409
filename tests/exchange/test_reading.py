"""Where requests are to be found, and by whom."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.privacy.actions import erase
from accounts.privacy.reading import everything_of
from cities.enums import NetworkStatus
from exchange import search_entry
from exchange.enums import RequestVisibility
from exchange.models import Request
from search import vocabulary
from search.checking import Difference, differences
from tests.desks import tasks_of
from tests.exchange.rows import make_answer, make_request
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
SECRET = "Zufahrtssperre"


@pytest.fixture
def member() -> Client:
    return logged_in(make_user("author", city=make_city("Trier")))


def test_visitor_learns_nowhere_of_what_only_the_network_may_read(member: Client) -> None:
    topic, city = make_topic("Verkehr", slug="verkehr"), make_city("Speyer", slug="speyer")
    request = make_request(SECRET, visibility=RequestVisibility.NETWORK, topic=topic, city=city)
    vocabulary.learn()
    addresses = [
        "/gesuche/",
        "/gesuche/?thema=verkehr",
        "/themen/verkehr/",
        "/staedte/speyer/",
        f"/suche/?q={SECRET}&bereich=gesuche",
        f"/suche/vorschlaege/?q={SECRET[:8]}",
        f"/api/v1/search?q={SECRET}",
    ]
    for address in addresses:
        assert request.get_absolute_url() in member.get(address).content.decode(), address
        page = Client().get(address).content.decode()
        assert request.get_absolute_url() not in page, address
    assert Client().get(f"/suche/?q={SECRET}").context["answer"].total == 0
    assert Client().get("/gesuche/").context["page"].total == 0
    assert Client().get(request.get_absolute_url()).status_code == 404
    assert Client().post(f"/gesuche/{request.pk}/antworten/", {"text": "x"}).status_code == 302
    assert member.get(f"/suche/?q={SECRET}").context["answer"].total == 1


def test_list_shows_open_ones_first_and_filters(member: Client) -> None:
    root = make_topic("Technik", slug="technik")
    below = make_topic("KI", slug="ki", parent=root)
    city = make_city("Speyer", slug="speyer")
    open_one = make_request("Alt und offen", topic=below, city=city)
    solved = make_request("Neu und gelöst", state="solved", topic=root)
    overdue = make_request("Zu spät", open_until=timezone.localdate() - dt.timedelta(days=1))

    def shown(query: str = "") -> list[Request]:
        return list(member.get(f"/gesuche/{query}").context["requests"])

    assert shown() == [open_one, overdue, solved]
    assert shown("?thema=technik") == [open_one, solved]
    assert shown("?stand=overdue&stand=solved") == [overdue, solved]
    assert shown("?stadt=speyer") == [open_one]
    assert shown("?stadt=netzwerk") == [overdue, solved]
    assert shown("?stadt=unsere") == []
    visitor = Client().get("/gesuche/?stadt=unsere").context  # the session has ended meanwhile
    assert (list(visitor["requests"]), visitor["number_chosen"]) == ([], 1)
    assert shown("?stand=falsch&thema=nix") == [open_one, overdue, solved]
    stand, topics, cities = member.get("/gesuche/").context["facets"]
    assert {choice.value: choice.count for choice in stand.choices} == {"open": 1, "overdue": 1, "solved": 1}
    assert {choice.value: choice.count for choice in topics.choices}["technik"] == 2
    assert {choice.value: choice.count for choice in cities.choices} == {"netzwerk": 2, "speyer": 1}


def test_address_with_many_cities_does_not_swell_the_page(member: Client) -> None:
    many = "&".join(f"stadt=nirgendwo-{number}" for number in range(900))
    page = member.get(f"/gesuche/?{many}")
    assert page.context["number_chosen"] == 20
    assert len(page.content) < 1_000_000  # ten times as much where each link carries all of them


def test_list_is_paged_both_ways_across_open_and_settled(member: Client) -> None:
    topic = make_topic()
    Request.objects.bulk_create(
        Request(title=f"G{number}", text="x", topic=topic, state="open" if number % 2 else "solved")
        for number in range(45)
    )
    seen, query = [], ""
    for _page in range(3):
        context = member.get(f"/gesuche/?{query}").context
        seen += [request.title for request in context["requests"]]
        query = context["page"].next_query(context["request"].GET)
    assert len(set(seen)) == 45
    assert all(int(title[1:]) % 2 for title in seen[:22])
    back = context["page"].previous_query(context["request"].GET)
    second = member.get(f"/gesuche/?{back}").context["requests"]
    assert [request.title for request in second] == seen[20:40]


def test_entry_follows_request_and_answers() -> None:
    author = make_user("author", city=(city := make_city()))
    request = make_request(city=city, asked_by=author)
    client = logged_in(author)
    client.post(f"/gesuche/{request.pk}/antworten/", {"text": "Siehe Schrankenanlage"})
    vocabulary.learn()
    assert client.get("/suche/?q=Schrankenanlage&bereich=gesuche").context["answer"].total == 1
    assert drift() == []
    client.post(f"/gesuche/antworten/{request.answers.get().pk}/entfernen/")
    assert client.get("/suche/?q=Schrankenanlage&bereich=gesuche").context["answer"].total == 0
    client.post(f"/gesuche/{request.pk}/zurueckziehen/")
    assert not list(search_entry.all_entries())
    assert drift() == []


def drift() -> list[Difference]:
    return [found for found in differences() if found.source == search_entry.REQUESTS]


def test_search_that_finds_nothing_leads_members_to_the_network(member: Client) -> None:
    way = "/gesuche/neu/?titel=Xylophonverleih"
    for address in ("/suche/?q=Xylophonverleih", "/praxis/?q=Xylophonverleih"):
        assert way in member.get(address).content.decode()
        page = Client().get(address).content.decode()
        assert way not in page
        assert "mailto:" in page


def test_own_area_shows_what_the_city_asked_and_what_others_ask_of_its_topics() -> None:
    city, root = make_city("Landau", slug="landau"), make_topic()
    make_leadership(topic=root, city=city)
    other = make_request("Von anderen", topic=make_topic(parent=make_topic(parent=root)), city=make_city())
    own = make_request("Von uns", city=city)
    make_answer(own)
    make_request("Anderes Thema", city=make_city())
    page = logged_in(make_user("leader", city=city)).get("/mein/").content.decode()
    assert other.title in page
    assert own.title in page
    assert "eine Antwort" in page
    assert "Anderes Thema" not in page
    assert own.title in Client().get("/staedte/landau/").content.decode()


def test_answers_wait_for_who_asked_and_for_the_managers_until_somebody_says_how_it_stands() -> None:
    city = make_city("Landau")
    asker, manager = make_user("author", city=city), make_user("manager", city=city)
    request = make_request("Beantwortet", city=city, asked_by=asker)
    make_answer(request)
    make_request("Unbeantwortet", city=city, asked_by=asker)
    make_answer(make_request(city=make_city()))
    waits = f"/gesuche/{request.pk}/stand/?stand=solved"
    for person in (asker, manager):
        page = logged_in(person).get("/mein/").content.decode()
        assert "Eine Antwort auf „Beantwortet“ ansehen" in page
        assert waits in page
        assert page.count("?stand=solved") == 1
    assert waits not in logged_in(make_user("author", city=city)).get("/mein/").content.decode()
    assert logged_in(asker).get(waits).context["form"]["state"].value() == "solved"
    Request.objects.filter(pk=request.pk).update(state="solved")
    assert waits not in logged_in(asker).get("/mein/").content.decode()


def test_who_finds_something_else_is_led_on(member: Client, settings: Any) -> None:
    make_practice("Mängelmelder")
    for address in ("/suche/?q=Mängelmelder", "/praxis/?q=Mängelmelder"):
        assert 'href="/gesuche/neu/?titel=M%C3%A4ngelmelder"' in member.get(address).content.decode(), address
        page = Client().get(address).content.decode()
        assert f"mailto:{settings.COORDINATION_EMAIL}?subject=M%C3%A4ngelmelder" in page, address
        assert "/gesuche/neu/" not in page
    assert "Nicht das Richtige dabei?" not in member.get("/praxis/").content.decode()


def test_desk_names_what_nobody_has_answered_for_two_weeks() -> None:
    old, answered, new, late = (make_request(f"Gesuch {number}") for number in range(4))
    before = timezone.now() - dt.timedelta(days=15)
    Request.objects.exclude(pk=new.pk).update(created_at=before)
    Request.objects.filter(pk=late.pk).update(open_until=before.date())
    make_answer(answered)
    tasks = tasks_of(logged_in(make_coordinator()), "requests")
    assert [task.title for task in tasks.rows] == [old.title]


def test_request_of_a_city_that_left_says_so_and_counts_as_open_no_more(member: Client) -> None:
    for status, says_so in ((NetworkStatus.GUEST, False), (NetworkStatus.FORMER, True)):
        request = make_request(city=make_city("Landau", status=status))
        page = member.get(request.get_absolute_url()).content.decode()
        assert ("Landau nimmt zurzeit nicht am Netzwerk teil." in page) == says_so
    still = make_request("Für das Netzwerk")
    assert [each.title for each in Request.objects.still_open()] == [still.title, "Dienstanweisung für KI"]
    assert member.get("/gesuche/").context["requests"][-1] == request


def test_topic_page_leads_members_to_the_form(member: Client) -> None:
    make_topic("Verkehr", slug="verkehr")
    way = "/gesuche/neu/?thema=verkehr"
    assert way in member.get("/themen/verkehr/").content.decode()
    assert way not in Client().get("/themen/verkehr/").content.decode()


def test_person_takes_requests_along_and_leaves_no_name() -> None:
    person = make_user("author", city=(city := make_city()), name="Vera Weg", email="vera@weg.example")
    contact = {"contact_user": person, "contact_name": person.name, "contact_email": person.email}
    request = make_request("Bleibt", city=city, asked_by=person, **contact)
    make_answer(request, make_practice(), author=person, city=city, text="Bleibt auch")
    told = everything_of(person)["requests"]
    assert [row["title"] for row in told["asked"]] == ["Bleibt"]
    assert [row["text"] for row in told["answers"]] == ["Bleibt auch"]
    erase(person=person, by=person)
    page = logged_in(make_coordinator()).get(request.get_absolute_url()).content.decode()
    assert "Bleibt auch" in page
    assert "Vera Weg" not in page
    assert "vera@weg.example" not in page
    events = Request.pgh_event_model.objects  # type: ignore[attr-defined]
    assert not events.filter(contact_email=person.email).exclude(contact_email="").exists()
