"""Pages cost the same number of queries however many rows they show."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from cities.models import City
from practices.enums import Status, Visibility
from practices.files.actions import attach
from practices.models import Figure, Indicator, Practice, Relation
from search.searching import ANSWERS
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.practices.write_ups import published
from topics.models import Topic

pytestmark = pytest.mark.django_db
Counter = Callable[..., AbstractContextManager[object]]
LISTS = [
    ("/praxis/", 5, 7),
    ("/praxis/?thema=baeume&art=practice", 5, 7),
    ("/praxis/?q=Wort", 5, 7),
    ("/praxis/?stadt=landau", 6, 8),
    ("/praxis/meine/", 0, 4),
    ("/praxis/pruefung/", 0, 4),
]


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz", slug="landau")


@pytest.fixture
def topic() -> Topic:
    return make_topic("Bäume", slug="baeume")


def fill(city: City, topic: Topic, number: int) -> Practice:
    more = [make_topic() for _n in range(2)]
    for n in range(number):
        anonymous = published(f"Wort {n}", city=make_city(), topics=[topic, *more], visibility="anonymous")
        anonymous.tags.add("Baum")
        practice = published(f"Wort {n}", city=city, topics=[topic, *more])
        practice.partner_cities.add(make_city())
        practice.tags.add("Baum", f"Art {n}")
        make_practice(city=city, status=Status.IN_REVIEW, topics=[topic])
    return practice


@pytest.mark.parametrize("number", [1, 50])
def test_list_costs_the_same_for_one_and_for_fifty(
    city: City, topic: Topic, django_assert_num_queries: Counter, number: int
) -> None:
    fill(city, topic, number)
    client = logged_in(make_user("manager", city=city))
    client.get("/praxis/neu/")
    for address, visitor, member in LISTS:
        client.get(address)  # reads what a process keeps, such as the synonyms
        for reader, queries in ((client, member), (logged_in(None), visitor)):
            ANSWERS.forget()  # nobody has asked before
            with django_assert_num_queries(queries, info=address):
                reader.get(address)


@pytest.mark.parametrize("number", [1, 50])
def test_detail_costs_at_most_eight(
    city: City, topic: Topic, django_assert_num_queries: Counter, number: int
) -> None:
    practice = fill(city, topic, 1)
    for n in range(number):
        practice.tags.add(f"Schlagwort {n}")
        practice.partner_cities.add(make_city())
        Figure.objects.create(practice=practice, kind="cost_once", amount=n, basis="measured")
        Indicator.objects.create(practice=practice, name="Meldungen", before=n, after=n, basis="measured")
        Relation.objects.create(source=make_practice(city=city), target=practice, kind="builds_on")
        attach(practice=practice, upload=ContentFile(b"Text %d" % n, name="a.txt"), by=make_user())
    manager = make_user("manager", city=city)
    client = logged_in(manager)
    client.get("/praxis/neu/")
    Practice.objects.filter(pk=practice.pk).update(updated_by=manager)
    with django_assert_num_queries(8):
        client.get(practice.get_absolute_url())
    with django_assert_num_queries(4):
        logged_in(None).get(practice.get_absolute_url())
    with django_assert_num_queries(5):
        client.get(f"/praxis/{practice.pk}/bearbeiten/profil/")
    with django_assert_num_queries(6):
        client.get(f"/praxis/{practice.pk}/bearbeiten/")
    with django_assert_num_queries(8):
        client.get(f"/praxis/{practice.pk}/verlauf/")
    with django_assert_num_queries(4):
        client.get(f"/praxis/{practice.pk}/dateien/")


def test_entries_are_rebuilt_as_they_were(city: City, topic: Topic) -> None:
    fill(city, topic, 3)
    before = logged_in(None).get("/praxis/").context["page"].total
    call_command("reindex", verbosity=0)
    assert logged_in(None).get("/praxis/").context["page"].total == before == 3
    assert Visibility.ANONYMOUS in Practice.objects.values_list("visibility", flat=True)
