"""Who keeps the map."""

import pytest

from tests.factories import logged_in, make_coordinator


@pytest.fixture
def coordinator():
    return make_coordinator()


@pytest.fixture
def client(coordinator):
    return logged_in(coordinator)
