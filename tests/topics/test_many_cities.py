"""A topic that very many cities care for: its page stays short, and all of them can be found."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.urls import reverse

from cities.models import City
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics.models import Topic

pytestmark = pytest.mark.django_db
Counter = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def topic() -> Topic:
    return make_topic("Bürgerbeteiligung", slug="beteiligung")


def interest(topic: Topic, number: int) -> list[City]:
    cities = [make_city(f"Stadt {n:03}") for n in range(number)]
    for city in cities:
        make_leadership(topic=topic, city=city, engagement="interested")
    return cities


def test_page_shows_the_first_and_leads_to_the_rest(topic: Topic) -> None:
    interest(topic, 60)
    make_leadership(topic=topic, city=make_city("Leitstadt"))
    page = logged_in(None).get("/themen/beteiligung/").content.decode()
    assert page.count('class="engaged__city"') == 12
    assert "Alle 61 Städte zeigen" in page
    first = logged_in(None).get("/themen/beteiligung/staedte/")
    text = first.content.decode()
    assert text.index("Leitstadt") < text.index("Stadt 000")
    assert "Stadt 048" in text
    assert "Stadt 049" not in text
    query = first.context["page"].next_query(first.wsgi_request.GET)
    second = logged_in(None).get(f"/themen/beteiligung/staedte/?{query}")
    assert "Stadt 049" in second.content.decode()
    assert "Stadt 048" not in second.content.decode()
    back = second.context["page"].previous_query(second.wsgi_request.GET)
    assert "Leitstadt" in logged_in(None).get(f"/themen/beteiligung/staedte/?{back}").content.decode()


def test_few_cities_need_no_second_page(topic: Topic) -> None:
    interest(topic, 12)
    assert "Städte zeigen" not in logged_in(None).get("/themen/beteiligung/").content.decode()


def test_own_city_is_always_shown_to_its_people(topic: Topic) -> None:
    last = interest(topic, 30)[-1]
    page = logged_in(make_user("manager", city=last)).get("/themen/beteiligung/").content.decode()
    assert last.name in page
    assert reverse("topics:engage", args=["beteiligung"]) not in page


@pytest.mark.parametrize("number", [1, 50])
def test_queries_do_not_grow(topic: Topic, django_assert_num_queries: Counter, number: int) -> None:
    interest(topic, number)
    make_leadership(topic=topic)
    client = logged_in(None)
    with django_assert_num_queries(5):
        client.get("/themen/beteiligung/staedte/")


def test_field_offers_the_cities_of_a_small_network_only(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(make_coordinator())
    address = reverse("topics:engage", args=["beteiligung"])
    names = [city.name for city in interest(make_topic(), 4)]
    assert f'<option value="{names[0]}">' in client.get(address).content.decode()
    monkeypatch.setattr("cities.choosing.MOST_OFFERED", 3)
    page = client.get(address).content.decode()
    assert "<datalist" not in page
    typed = client.post(address, {"city": "Stadt 00", "engagement": "interested"})
    assert "Meinten Sie" in typed.content.decode()
