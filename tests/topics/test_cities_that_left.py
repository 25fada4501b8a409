"""A city that pauses or has left keeps its entries, but others are asked about them and the gap is seen."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from cities.enums import NetworkStatus
from notifications.models import OutgoingMail
from tests.factories import logged_in, make_city, make_leadership, make_topic, make_user
from topics.cards import leading_cities
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
    assert "Landau nimmt zurzeit nicht am Netzwerk teil" in mail.text


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
