"""What the editor knows before somebody types: contacts, the topic, and what the review asked for."""

import pytest
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.enums import Status, Step
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db

NEW = "/praxis/neu/"


@pytest.fixture
def city() -> City:
    return make_city("Trier", contact_name="Hauptamt", contact_email="hauptamt@example.org")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, office="Grünflächenamt")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


def test_topic_from_whose_page_one_comes_is_chosen(client: Client) -> None:
    topic = make_topic("Bäume")
    assert client.get(NEW, {"thema": topic.slug}).context["form"]["primary_topic"].value() == topic.pk
    assert client.get(NEW, {"thema": "gibt\x00es-nicht"}).context["form"]["primary_topic"].value() is None


def test_editor_shows_the_remark_of_the_last_return(client: Client, city: City, author: User) -> None:
    draft = make_practice(city=city, created_by=author, status=Status.DRAFT)
    draft.steps.create(step=Step.RETURNED, remark="Bitte die Kosten nennen.", by=make_coordinator())
    addresses = [f"/praxis/{draft.pk}/bearbeiten/", f"/praxis/{draft.pk}/bearbeiten/geschichte/"]
    for address in addresses:
        assert "Bitte die Kosten nennen." in client.get(address).content.decode()
    draft.steps.create(step=Step.SUBMITTED, by=author)
    for address in addresses:
        assert "Bitte die Kosten nennen." not in client.get(address).content.decode()
