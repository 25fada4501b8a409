"""A city that pauses or has left keeps its entries, but others are asked about them and the gap is seen."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cities.enums import NetworkStatus
from notifications.models import OutgoingMail
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics.cards import leading_cities
from topics.enums import Engagement
from topics.models import Leadership, Topic
from topics.tasks import ask_about_leaderships

pytestmark = pytest.mark.django_db

GONE = [NetworkStatus.PAUSED, NetworkStatus.FORMER]


@pytest.fixture
def leadership():
    """Of a city with a contact and somebody who manages its page."""
    city = make_city("Landau", slug="landau")
    make_user("manager", city=city)
    topic = make_topic("Breitband", slug="breitband")
    return make_leadership(
        topic=topic, city=city, deputy_name="Zweite Stelle", deputy_email="zweite@example.org"
    )


def set_status(leadership, status):
    leadership.city.status = status
    leadership.city.save()


@pytest.mark.parametrize("status", GONE)
@pytest.mark.parametrize(
    "changes",
    [
        {"next_check": timezone.localdate() + timedelta(days=14)},
        {"deputy_name": "", "deputy_email": ""},
        {"contact_email": "", "deputy_name": "", "deputy_email": ""},
    ],
)
def test_the_coordination_alone_is_asked_and_at_once(leadership, status, changes):
    Leadership.objects.update(**changes)
    set_status(leadership, status)
    ask_about_leaderships()
    ask_about_leaderships()
    mail = OutgoingMail.objects.get()
    assert mail.to == settings.COORDINATION_EMAIL
    assert "Landau nimmt nicht am Netzwerk teil" in mail.text


def test_a_guest_is_asked_as_a_member_is(leadership):
    Leadership.objects.update(next_check=timezone.localdate() + timedelta(days=14))
    set_status(leadership, NetworkStatus.GUEST)
    ask_about_leaderships()
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "digitalisierung@example.org",
        "zweite@example.org",
    }
    assert "nimmt zurzeit nicht" not in OutgoingMail.objects.all()[0].text


@pytest.mark.parametrize("status", GONE)
def test_it_closes_no_gap_above_or_below(leadership, status):
    topic = leadership.topic
    below = make_topic("Glasfaser", parent=topic)
    leaf = make_topic("Leerrohre", parent=below)
    assert not Topic.objects.without_leader().exists()
    set_status(leadership, status)
    assert set(Topic.objects.without_leader()) == {topic, below, leaf}
    make_leadership(topic=below)
    assert not Topic.objects.without_leader().exists()


@pytest.mark.parametrize("status", GONE)
def test_the_map_and_the_start_page_do_not_name_it_as_leading(leadership, status):
    visitor = logged_in(None)
    other = make_leadership(topic=leadership.topic, city=make_city("Speyer"))
    assert "Landau, Speyer" in visitor.get("/").text
    set_status(leadership, status)
    assert leading_cities() == {leadership.topic_id: [other.city]}
    assert "Landau, Speyer" not in visitor.get("/").text
    assert 'href="/staedte/landau/"' not in visitor.get("/themen/").text


@pytest.mark.parametrize("status", GONE)
def test_its_pages_say_that_it_led_and_promise_nothing(leadership, status):
    Leadership.objects.update(promise="Wir zeigen allen unsere Verträge.", contact_phone="+49 6341 13000")
    set_status(leadership, status)
    standing = str(status.label)
    for client in (logged_in(None), logged_in(make_coordinator())):
        page = client.get("/themen/breitband/").text
        assert "Noch ohne Federführung" in page
        assert "Bisher federführend" in page
        for text in (page, client.get("/themen/breitband/staedte/").text):
            assert standing in text
            assert "zuletzt federführend" in text
            assert "6341" not in text
            assert "digitalisierung@example.org" not in text
            assert "Wir zeigen allen" not in text
    city = logged_in(None).get("/staedte/landau/").text
    assert "zuletzt federführend" in city
    assert "Wir zeigen allen" not in city


def test_below_a_topic_that_it_led_nobody_speaks_for_it(leadership):
    make_topic("Glasfaser", slug="glasfaser", parent=leadership.topic)
    visitor = logged_in(None)
    assert "Für dieses Thema spricht" in visitor.get("/themen/glasfaser/").text
    set_status(leadership, NetworkStatus.PAUSED)
    page = visitor.get("/themen/glasfaser/").text
    assert "Für dieses Thema spricht" not in page
    assert "Noch ohne Federführung" in page


def test_those_who_are_there_stand_before_it(leadership):
    set_status(leadership, NetworkStatus.FORMER)
    make_leadership(topic=leadership.topic, city=make_city("Speyer"))
    page = logged_in(None).get("/themen/breitband/staedte/").text
    assert page.index("Speyer") < page.index("dabei") < page.index("Landau")
    assert "(ausgeschieden)" in page


@pytest.mark.parametrize("status", GONE)
def test_the_desk_lists_the_topic_once_as_a_gap_with_who_led_it(leadership, status):
    set_status(leadership, status)
    client = logged_in(make_coordinator())
    assert tasks_of(client, "leaderships").total == 0
    [task] = tasks_of(client, "unled").rows
    assert task.note == f"zuletzt Landau ({status.label})"
    assert [str(deed.label) for deed in task.deeds] == ["Stadt zuordnen", "Von Landau übergeben"]
    assert client.get(task.deeds[1].url).status_code == 200


def test_beside_another_leader_nothing_is_left_to_do(leadership):
    Leadership.objects.update(next_check=timezone.localdate())
    set_status(leadership, NetworkStatus.PAUSED)
    make_leadership(
        topic=leadership.topic,
        city=make_city("Speyer"),
        deputy_name="Zweite Stelle",
        deputy_email="zweite@example.org",
        next_check=timezone.localdate() + timedelta(days=90),
    )
    client = logged_in(make_coordinator())
    assert tasks_of(client, "leaderships").total == 0
    assert tasks_of(client, "unled").total == 0


def test_where_it_worked_along_there_is_nothing_to_confirm(leadership):
    Leadership.objects.update(engagement=Engagement.WORKS_ON, next_check=timezone.localdate())
    set_status(leadership, NetworkStatus.PAUSED)
    client = logged_in(make_coordinator())
    [task] = tasks_of(client, "leaderships").rows
    assert task.note == "Mitgliedschaft ruht"
    assert "Stimmt noch" not in [str(deed.label) for deed in task.deeds]
    listed = client.get(reverse("topics:look_after")).text
    assert "Landau" in listed
    assert "Stimmt noch" not in listed


@pytest.mark.parametrize("status", GONE)
def test_statistics_and_map_count_the_same(leadership, status):
    make_leadership(topic=make_topic("Apps"), city=make_city("Speyer"))
    retired = make_topic("Fax", parent=make_topic("Netze"), retired_on=timezone.localdate())
    make_leadership(topic=retired, city=make_city("Trier"))
    make_leadership(topic=retired, city=leadership.city)
    set_status(leadership, status)
    client = logged_in(make_coordinator())
    page = client.get("/themen/")
    lists = "/koordination/statistik/federfuehrende/", "/koordination/statistik/themen/?federfuehrung=ohne"
    cities, topics = (client.get(url).text for url in lists)
    assert page.context["gaps"] == Topic.objects.without_leader().count() == 2
    assert "Speyer" in cities
    assert "Landau" not in cities
    assert "Trier" not in cities
    assert "Breitband" in topics
    assert "Netze" in topics
    assert "Apps" not in topics


@pytest.mark.parametrize("status", NetworkStatus.values[:4])
def test_who_changes_its_status_reads_first_what_it_leads(leadership, status):
    set_status(leadership, status)
    page = logged_in(make_coordinator()).get("/koordination/staedte/landau/").text
    there = status in {NetworkStatus.MEMBER, NetworkStatus.GUEST}
    said = "Landau leitet 1 Thema" if there else "Landau ist noch bei 1 Thema als federführend eingetragen"
    assert page.index(said) < page.index("Ab jetzt")
    assert reverse("topics:hand_over", args=["breitband", leadership.pk]) in page
    leadership.delete()
    assert "1 Thema" not in logged_in(make_coordinator()).get("/koordination/staedte/landau/").text
