"""The network that the sweeps walk through: made once in each process, restored after each test."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.support.transactions import undone
from tests.support.world import Who, World, make_world
from tests.sweeps.answers import Answers
from tests.sweeps.forms import Shape, shapes_of_the_frame


@pytest.fixture(scope="package")
def lasting_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        world = make_world()
        for who in Who:
            world.client(who)
        yield world


@pytest.fixture
def world(lasting_world: World) -> Iterator[World]:
    with lasting_world.trial():
        yield lasting_world


@pytest.fixture(scope="package")
def answers(lasting_world: World) -> Answers:
    return Answers(lasting_world)


@pytest.fixture(scope="package")
def frame(answers: Answers) -> frozenset[Shape]:
    return shapes_of_the_frame(answers)
