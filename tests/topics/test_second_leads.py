"""A topic gets a second leading city only when that is meant."""

import pytest
from django.urls import reverse

from cities.enums import NetworkStatus, Role
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics.enums import Engagement
from topics.models import Leadership

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city("Landau")


@pytest.fixture
def topic():
    return make_topic("Breitband", slug="breitband")


def url_of(row: Leadership) -> str:
    return reverse("topics:leadership", args=[row.topic.slug, row.pk])


@pytest.mark.parametrize("enters", [True, False])
def test_a_second_lead_is_asked_about(enters, city, topic):
    make_leadership(topic=topic, city=make_city("Speyer"))
    make_leadership(topic=topic, city=make_city("Worms", status=NetworkStatus.PAUSED))
    own = None if enters else make_leadership(topic=topic, city=city, engagement=Engagement.WORKS_ON)
    url = url_of(own) if own else reverse("topics:engage", args=[topic.slug])
    values = {"city": "Landau", "engagement": "leads", "version": "1"}
    client = logged_in(make_coordinator())
    assert "Zurzeit federführend: Speyer." in client.get(url).text
    answer = client.post(url, values)
    assert answer.status_code == 422
    [message] = answer.context["form"].errors["leads_too"]
    assert "Federführend ist schon Speyer." in message
    leading = Leadership.objects.leading().filter(city=city)
    assert not leading.exists()
    assert client.post(url, values | {"leads_too": "on"}).status_code == 302
    assert leading.exists()


def test_only_a_second_lead_is_asked_about(city, topic):
    url = reverse("topics:engage", args=[topic.slug])
    client = logged_in(make_coordinator())
    assert "leads_too" not in client.get(url).text
    own = make_leadership(topic=topic, city=make_city("Speyer"))
    assert "leads_too" not in client.get(url_of(own)).text
    assert "leads_too" not in logged_in(make_user(Role.MANAGER, city=city)).get(url).text
    assert client.post(url, {"city": "Landau", "engagement": "works_on"}).status_code == 302
