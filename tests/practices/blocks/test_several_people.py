"""Building blocks between several people: who was quicker, and who decides what is public."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.blocks import actions
from practices.blocks.actions import VersionExistsError
from practices.blocks.enums import BlockVisibility
from practices.models import BlockPart, BlockVersion, BuildingBlock
from tests.factories import logged_in, make_city, make_topic, make_user
from tests.practices.blocks.rows import form_data, make_block
from topics.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def topic() -> Topic:
    return make_topic()


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def manager(city: City) -> Client:
    return logged_in(make_user("manager", city=city))


def test_a_form_with_somebody_elses_key_makes_no_second_block(topic: Topic, author: User) -> None:
    data = form_data(topic=topic.pk, key=str(uuid.uuid4()))
    logged_in(author).post("/bausteine/neu/", data)
    other: Any = logged_in(make_user("author", city=author.memberships.get().city)).post(
        "/bausteine/neu/", data
    )
    assert (other.status_code, other.url) == (302, "/bausteine/meine/")
    assert BuildingBlock.objects.get().created_by == author


def test_two_new_versions_of_one_name_are_told_apart(author: User, city: City) -> None:
    block = make_block(city=city, created_by=author)
    twins = [BlockVersion(block=block, label="2.0") for _twin in range(2)]
    actions.add_version(version=twins[0], by=author, upload=None, url="https://example.org/a")
    with pytest.raises(VersionExistsError):
        actions.add_version(version=twins[1], by=author, upload=None, url="https://example.org/b")
    assert BlockPart.objects.get(version__label="2.0").url == "https://example.org/a"


def test_who_may_read_what_is_published_only_managers_change(
    city: City, topic: Topic, author: User, manager: Client
) -> None:
    block = make_block(city=city, created_by=author, topic=topic, visibility=BlockVisibility.NETWORK)
    address, changes = f"/bausteine/{block.pk}/bearbeiten/", form_data(topic=topic.pk, visibility="public")
    assert "visibility" not in logged_in(author).get(address).context["form"].fields
    for client, visibility in ((logged_in(author), "network"), (manager, "public")):
        block.refresh_from_db()
        assert client.post(address, changes | {"version": block.version}).status_code == 302
        block.refresh_from_db()
        assert (block.title, block.visibility) == (changes["title"], visibility)
