"""A collection in two tabs: what the other tab has taken away meanwhile is no error of the program."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from cities.enums import Role
from practices.collecting import actions
from practices.models import Collection
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.support.at_once import LONGEST, begun

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner() -> User:
    return make_user(Role.LEADER, city=make_city())


@pytest.fixture
def collection(owner: User) -> Collection:
    collection = actions.begin(title="Für den Rat", by=owner)
    for title in "ABC":
        actions.keep(thing=make_practice(title), collection=collection, by=owner)
    return collection


def url(name: str, *args: object) -> str:
    return reverse(f"collections:{name}", args=args)


def test_what_is_taken_out_meanwhile_is_moved_nowhere(owner: User, collection: Collection) -> None:
    first, *others = collection.items.all()
    client, address = logged_in(owner), url("move", collection.pk, first.pk)
    with transaction.atomic():
        actions.take_out(item=first, by=owner)
        moving = begun(client.post, address, {"wohin": "runter"})
    assert moving.result(LONGEST).status_code == 302
    assert list(collection.items.values_list("pk", "position")) == [
        (item.pk, place) for place, item in enumerate(others)
    ]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("move", {"wohin": "runter"}),
        ("take_out", {}),
        ("sharing", {"audience": "network"}),
        ("name_reader", {"email": "leserin@example.org"}),
    ],
)
def test_a_collection_that_is_deleted_meanwhile_is_not_there(
    owner: User, collection: Collection, name: str, sent: dict[str, Any]
) -> None:
    make_user(email="leserin@example.org")
    client = logged_in(owner)
    item = [collection.items.first().pk] if name in {"move", "take_out"} else []  # type: ignore[union-attr]
    with transaction.atomic():
        Collection.objects.filter(pk=collection.pk).delete()
        acting = begun(client.post, url(name, collection.pk, *item), sent)
    assert acting.result(LONGEST).status_code == 404
