"""The network that the sweeps walk through: made once for each module, restored after each test."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.support.transactions import undone
from tests.support.world import Who, World, make_world

# Modules with tests that read all pages at once.
TOLERANT = {"test_headers", "test_pages", "test_reading"}


@pytest.fixture(scope="module")
def lasting_world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        world = make_world()
        world.is_tolerant = request.module.__name__.rsplit(".", 1)[-1] in TOLERANT
        for who in Who:
            world.client(who)
        yield world


@pytest.fixture
def world(lasting_world: World) -> Iterator[World]:
    with undone():
        yield lasting_world
