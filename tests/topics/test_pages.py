"""What people see of the map: the map, a topic's page, and the panels on other pages."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from cities.contacts import callees
from cities.enums import Role
from cities.models import City
from cities.permissions import roles_of
from search.entries import EntryData, enter
from search.models import Audience
from search.sources import code_of
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics import panels
from topics.enums import Engagement
from topics.models import Topic
from ui.panels import panels_for, reads_for

pytestmark = pytest.mark.django_db


def enter_practices(audience: Audience, *topics: Topic, start: int = 1) -> None:
    enter(
        [
            EntryData(
                code_of("practices"), start + n, audience, dt.date(2026, 1, 1), "Praxis", topics=[topic.pk]
            )
            for n, topic in enumerate(topics)
        ]
    )


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.fixture
def visitor():
    return logged_in(None)


def test_an_empty_map_says_what_comes_next(visitor):
    assert "Die Themenkarte ist noch leer" in visitor.get("/themen/").text
    html = logged_in(make_coordinator()).get("/themen/").text
    assert "/themen/neu/" in html


def test_the_map_shows_counts_leaders_and_gaps(visitor):
    led, gap = make_topic("Breitband"), make_topic("Smart City")
    make_leadership(topic=led, city=make_city("Wörth am Rhein", slug="woerth"))
    enter_practices(Audience.PUBLIC, led, led)
    enter_practices(Audience.NETWORK, gap, start=90)
    html = visitor.get("/themen/").text
    assert "2 Beiträge" in html
    assert 'href="/staedte/woerth/"' in html
    assert "1 Beitrag" not in html
    assert html.count("noch ohne Federführung") == 2  # the sum and the gap itself
    assert "auch, wenn eine Stadt eines darüber oder darunter leitet" in html
    assert "1 Beitrag" in logged_in(make_user(Role.AUTHOR)).get("/themen/").text


def test_as_many_gaps_are_marked_as_are_counted(visitor):
    root = make_topic("Netze")
    middle = make_topic("Breitband", parent=root)
    make_leadership(topic=make_topic("Glasfaser", parent=middle))
    make_topic("Leerrohre", parent=middle)
    make_topic("Mobilfunk", parent=root)
    html = visitor.get("/themen/").text
    assert "davon 2 noch ohne Federführung" in html
    assert html.count("noch ohne Federführung") == 3  # the sum and each gap


def test_a_topic_is_no_gap_when_one_above_or_below_is_led():
    root = make_topic("Wurzel")
    middle = make_topic("Mitte", parent=root)
    leaf = make_topic("Blatt", parent=middle)
    aside = make_topic("Daneben", parent=root)
    assert set(Topic.objects.without_leader()) == {root, middle, leaf, aside}
    lead = make_leadership(topic=middle)
    assert set(Topic.objects.without_leader()) == {aside}
    lead.engagement = Engagement.WORKS_ON
    lead.save()
    assert Topic.objects.without_leader().count() == 4


def test_only_those_who_can_change_a_gap_get_the_action(visitor):
    make_topic("Smart City", slug="smart-city")
    action = "/themen/smart-city/staedte/neu/"
    assert action not in visitor.get("/themen/").text
    assert action not in logged_in(make_user(Role.AUTHOR)).get("/themen/").text
    for user in (make_user(Role.MANAGER), make_coordinator()):
        for page in ("/themen/", "/themen/smart-city/"):
            assert action in logged_in(user).get(page).text


def test_the_first_screen_of_a_topic_says_whom_to_call(visitor):
    topic = make_topic("Breitband", slug="breitband", synonyms=["Glasfaser"], description="<p>Darum.</p>")
    make_leadership(
        topic=topic,
        city=make_city("Landau"),
        promise="Wir beraten alle.",
        contact_phone="+49 (0) 6341 13-0",
        deputy_name="Bauamt",
        deputy_email="bauamt@example.org",
    )
    make_leadership(topic=topic, city=make_city("Trier"), engagement=Engagement.WORKS_ON)
    make_leadership(topic=topic, city=make_city("Speyer"), engagement=Engagement.INTERESTED)
    html = visitor.get("/themen/breitband/").text
    for text in (
        "Landau",
        "Wir beraten alle.",
        "Bauamt",
        "Januar 2024",
        "Trier",
        "Speyer",
        "Glasfaser",
        "Darum.",
    ):
        assert text in html
    assert 'href="tel:+496341130"' in html
    assert 'href="mailto:bauamt@example.org"' in html
    assert "bearbeiten" not in html


def test_a_sub_topic_without_a_leader_names_the_one_above(visitor):
    root = make_topic("Breitband", slug="breitband")
    make_topic("Masten", slug="masten", parent=make_topic("Mobilfunk", parent=root))
    make_leadership(topic=root, city=make_city("Landau"))
    html = visitor.get("/themen/masten/").text
    assert "Für dieses Thema spricht die Federführung von" in html
    assert "Landau" in html
    assert 'href="/themen/breitband/"' in html
    assert "Noch ohne Federführung" not in html


def test_a_topic_without_anything_shows_the_next_step(visitor):
    make_topic("Leer", slug="leer", summary="")
    assert "mailto:koordination@example.org" in visitor.get("/themen/leer/").text


def test_a_persons_account_is_shown_to_members_only():
    person = make_user(name="Mira Beispiel", email="mira@example.org", phone="0631 1")
    lead = make_leadership(contact_user=person, contact_name="", contact_email="")
    assert callees(lead, lead.city, AnonymousUser()) == []
    [callee] = callees(lead, lead.city, make_user(Role.AUTHOR))
    assert (callee.name, callee.email, callee.phone) == ("Mira Beispiel", "mira@example.org", "0631 1")
    html = logged_in(None).get(lead.topic.get_absolute_url()).text
    assert "Mira" not in html
    assert "sehen Mitglieder des Netzwerks nach der Anmeldung" in html


def test_an_office_is_public_while_the_person_behind_it_is_not():
    lead = make_leadership(contact_user=make_user(name="Mira Beispiel", email="mira@example.org"))
    [public] = callees(lead, lead.city, AnonymousUser())
    assert (public.name, public.person, public.email) == (
        "Stabsstelle Digitalisierung",
        "",
        "digitalisierung@example.org",
    )
    [member] = callees(lead, lead.city, make_user(Role.AUTHOR))
    assert member.person == "Mira Beispiel"


def test_the_city_answers_where_nobody_is_named():
    city = make_city(contact_name="Rathaus", contact_phone="06341 130")
    lead = make_leadership(city=city, contact_name="", contact_email="")
    [callee] = callees(lead, lead.city, AnonymousUser())
    assert (callee.name, callee.is_of_city) == ("Rathaus", True)


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(
    ("path", "visitor_queries", "member_queries"),
    [("/themen/", 4, 6), ("/themen/mitte/", 6, 8)],
)
def test_reading_costs_the_same_however_much_there_is(
    rows, path, visitor_queries, member_queries, visitor, django_assert_num_queries
):
    root = make_topic("Wurzel", slug="wurzel")
    middle = make_topic("Mitte", slug="mitte", parent=root)
    for _n in range(rows):
        make_topic(parent=middle)
        make_topic()
        make_leadership(topic=middle, contact_user=make_user())
    member = logged_in(make_user(Role.MANAGER))
    member.get("/mein/")
    with django_assert_num_queries(visitor_queries):
        visitor.get(path)
    with django_assert_num_queries(member_queries):
        member.get(path)


@pytest.mark.parametrize("rows", [1, 50])
def test_the_working_tree_costs_the_same_however_much_there_is(rows, django_assert_num_queries):
    for _n in range(rows):
        make_leadership(topic=make_topic(parent=make_topic()))
    client = logged_in(make_coordinator())
    client.get("/mein/")
    with django_assert_num_queries(5):
        client.get("/themen/bearbeiten/")


@pytest.mark.parametrize("rows", [1, 50])
def test_panels_cost_two_queries_at_most(rows, django_assert_num_queries):
    city, topic = make_city(), make_topic()
    user = make_user(Role.MANAGER, city=city)
    for _n in range(rows):
        make_leadership(
            city=city, topic=make_topic(parent=topic), since=None, next_check=timezone.localdate()
        )
        make_topic()
    request = asked_by(user)
    assert roles_of(user)
    with django_assert_num_queries(2):
        assert panels.home_grid(request, None)
    with django_assert_num_queries(1):
        assert panels.my_topics(request, None)
    with django_assert_num_queries(1):
        assert panels.city_topics(request, city)


def test_the_start_page_shows_at_most_twelve_roots_with_most_practices():
    topics = [make_topic(f"Thema {n}", position=n) for n in range(14)]
    enter_practices(Audience.PUBLIC, topics[13])
    shown = panels.home_grid(asked_by(AnonymousUser()), None) or {}
    names = [topic.name for topic, _count in shown["tiles"]]
    assert len(names) == 12
    assert "Thema 13" in names
    assert "Thema 12" not in names


def test_a_citys_page_invites_its_own_people_alone_when_it_has_no_topic():
    city = make_city()
    assert panels.city_topics(asked_by(AnonymousUser()), city) is None
    assert panels.city_topics(asked_by(make_user(Role.AUTHOR, city=city)), city) is None
    shown = panels.city_topics(asked_by(make_user(Role.MANAGER, city=city)), city) or {}
    assert shown["leaderships"] == []


def test_due_checks_come_first_and_only_managers_confirm():
    city, today = make_city(), timezone.localdate()
    make_leadership(city=city, topic=make_topic("Später"), next_check=today + dt.timedelta(days=1))
    make_leadership(city=city, topic=make_topic("Fällig"), engagement=Engagement.WORKS_ON, next_check=today)
    for role, may_confirm in ((Role.AUTHOR, False), (Role.MANAGER, True)):
        shown = panels.my_topics(asked_by(make_user(role, city=city)), None) or {}
        assert [(one.name, bool(one.due), bool(one.confirm_url)) for one in shown["rows"]] == [
            ("Fällig", True, may_confirm),
            ("Später", False, False),
        ]


def test_the_desk_lists_the_oldest_check_first_and_gaps_by_branch():
    today = timezone.localdate()
    deputy = {"deputy_name": "Vertretung", "deputy_email": "vertretung@example.org"}
    for days in (1, 9, 5):
        make_leadership(since=None, next_check=today - dt.timedelta(days=days), **deputy)
    gap = make_topic("Lücke")
    make_topic("Kind", parent=gap)
    client = logged_in(make_coordinator())
    due = tasks_of(client, "leaderships")
    shown = [task.note.split(",")[0] for task in due.rows]
    assert shown == [f"Prüfung fällig seit {today - dt.timedelta(days=days):%d.%m.%Y}" for days in (9, 5, 1)]
    assert due.rows[0].deeds[0].posts
    [unled] = tasks_of(client, "unled").rows
    assert (unled.title, unled.note) == ("Lücke", "und 1 Unterthema")


@pytest.mark.parametrize("slot", ["home.main", "mine", "desk.tools", "city.main"])
@pytest.mark.parametrize("is_empty", [True, False])
def test_panels_render_with_and_without_rows(slot, is_empty):
    city, today = make_city(), timezone.localdate()
    user = make_user(Role.MANAGER, city=city, is_coordinator=True)
    if not is_empty:
        make_leadership(city=city, since=None, next_check=today, promise="Zeile\nZeile")
        make_topic(parent=make_topic())
    request = asked_by(user)
    for panel in panels_for(slot):
        if panel.template.startswith("topics/"):
            reads = reads_for(slot, request.user)
            subject = (
                list(user.memberships.annotate(**reads))
                if slot == "mine"
                else City.objects.annotate(**reads).get(pk=city.pk)
            )
            context = panel.context(request, subject)
            if context is not None:
                assert render_to_string(panel.template, context, request=request)
