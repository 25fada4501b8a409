"""What some may not know of is nowhere: not on pages, in lists, counts, filters, panels or the search."""

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.enums import Status, Visibility
from practices.models import Practice
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.write_ups import published
from topics.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Geheimstadt", slug="geheimstadt")


@pytest.fixture
def topic() -> Topic:
    return make_topic("Geheimthema", slug="geheimthema")


@pytest.fixture
def stranger() -> User:
    return make_user("manager", city=make_city("Nachbarstadt"))


SECRETS = [
    "Geheimstadt",
    "geheimstadt",
    "Amt für Geheimnisse",
    "amt@example.org",
    "Geheimer Anzeiger",
    "Mitwisserstadt",
    "Verräterische Stelle",
]


def pages(city: City, topic: Topic) -> Iterator[str]:
    """Where a write-up of this city and topic could show."""
    yield from ("/", "/praxis/", "/praxis/?q=Kennwort", "/praxis/?stadt=geheimstadt")
    yield from ("/praxis/?thema=geheimthema", "/praxis/?art=practice&stand=live", "/themen/")
    yield from (city.get_absolute_url(), topic.get_absolute_url())


def seen(client: Client, text: str, city: City, topic: Topic) -> list[str]:
    return [url for url in pages(city, topic) if text in client.get(url).content.decode()]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_unpublished_is_for_the_own_city_and_the_coordination(
    city: City, topic: Topic, stranger: User, status: Status
) -> None:
    practice = make_practice("Kennwort", city=city, topics=[topic], status=status)
    for user in (None, stranger):
        client = logged_in(user)
        assert client.get(practice.get_absolute_url()).status_code == 404
        assert client.get(f"/praxis/{practice.pk}/").status_code == 404
        assert seen(client, practice.get_absolute_url(), city, topic) == []
    for user in (make_user("author", city=city), make_user("leader", city=city), make_coordinator()):
        assert logged_in(user).get(practice.get_absolute_url()).status_code == 200


def test_network_only_is_nowhere_for_visitors(city: City, topic: Topic, stranger: User) -> None:
    practice = published("Kennwort", city=city, topics=[topic], visibility=Visibility.NETWORK)
    visitor = logged_in(None)
    assert visitor.get(practice.get_absolute_url()).status_code == 404
    assert seen(visitor, practice.get_absolute_url(), city, topic) == []
    page = visitor.get("/praxis/")
    assert page.context["page"].total == 0
    assert all(choice.count == 0 for facet in page.context["facets"] for choice in facet.choices)
    assert "thema" not in {facet.name for facet in page.context["facets"]}
    member = logged_in(stranger)
    assert member.get(practice.get_absolute_url()).status_code == 200
    assert member.get("/praxis/").context["page"].total == 1
    assert len(seen(member, practice.get_absolute_url(), city, topic)) >= 6


@pytest.fixture
def anonymous(city: City, topic: Topic) -> Practice:
    author = make_user("author", city=city, name="Verräterische Stelle")
    practice = published(
        "Kennwort",
        city=city,
        topics=[topic],
        visibility=Visibility.ANONYMOUS,
        contact_name="Amt für Geheimnisse",
        contact_email="amt@example.org",
        source_url="https://geheimstadt.example.org/",
        source_name="Geheimer Anzeiger",
        created_by=author,
        updated_by=author,
    )
    practice.partner_cities.add(make_city("Mitwisserstadt"))
    return practice


def test_anonymous_write_up_hides_city_people_and_source(
    anonymous: Practice, city: City, topic: Topic, stranger: User
) -> None:
    member = logged_in(stranger)
    page = member.get(anonymous.get_absolute_url()).content.decode()
    assert "Kennwort" in page
    for secret in SECRETS:
        assert secret not in page
    assert logged_in(None).get(anonymous.get_absolute_url()).status_code == 404


def test_anonymous_write_up_is_not_found_through_its_city(
    anonymous: Practice, city: City, stranger: User
) -> None:
    member = logged_in(stranger)
    assert Entry.objects.get().city_id is None
    assert member.get("/praxis/?stadt=geheimstadt").context["page"].total == 0
    assert member.get('/praxis/?q="Geheimstadt"').context["page"].total == 0
    assert member.get('/praxis/?q="Mitwisserstadt"').context["page"].total == 0
    assert anonymous.get_absolute_url() not in member.get(city.get_absolute_url()).content.decode()
    listed = member.get("/praxis/")
    assert "eine Stadt im Netzwerk" in listed.content.decode()
    assert "Geheimstadt" not in listed.content.decode()


def test_anonymous_write_up_is_open_to_its_city_and_the_coordination(anonymous: Practice, city: City) -> None:
    for user in (make_user("author", city=city), make_coordinator()):
        page = logged_in(user).get(anonymous.get_absolute_url()).content.decode()
        assert "Amt für Geheimnisse" in page
        assert "Geheimstadt" in page


def test_names_of_people_are_for_members(city: City, stranger: User) -> None:
    author = make_user("author", city=city, name="Vera Schreiberin")
    practice = published(city=city, created_by=author, updated_by=author)
    assert "Vera Schreiberin" not in logged_in(None).get(practice.get_absolute_url()).content.decode()
    assert "Vera Schreiberin" in logged_in(stranger).get(practice.get_absolute_url()).content.decode()


def test_archived_stays_readable_and_leaves_every_list(city: City, topic: Topic) -> None:
    practice = make_practice("Kennwort", city=city, topics=[topic], status=Status.ARCHIVED)
    visitor = logged_in(None)
    assert "Archiviert" in visitor.get(practice.get_absolute_url()).content.decode()
    assert seen(visitor, practice.get_absolute_url(), city, topic) == []


def test_own_lists_show_own_cities_alone(city: City, stranger: User) -> None:
    make_practice("Kennwort", city=city, status=Status.IN_REVIEW)
    client = logged_in(stranger)
    for url in ("/praxis/meine/", "/praxis/pruefung/", "/mein/"):
        assert "Kennwort" not in client.get(url).content.decode()
    manager = logged_in(make_user("manager", city=city))
    for url in ("/praxis/meine/", "/praxis/pruefung/", "/mein/"):
        assert "Kennwort" in manager.get(url).content.decode() or url == "/mein/"
    assert "1 Beitrag wartet auf Ihre Entscheidung" in manager.get("/mein/").content.decode()
