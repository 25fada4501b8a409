"""Who keeps the map."""

import pytest

from tests.factories import logged_in, make_coordinator, make_topic
from tests.topics.reshaping import indexed


@pytest.fixture
def coordinator():
    return make_coordinator()


@pytest.fixture
def client(coordinator):
    return logged_in(coordinator)


@pytest.fixture
def pair(db):
    root = make_topic("Netze", slug="netze")
    source = indexed(
        make_topic("Breitbandausbau", slug="breitbandausbau", synonyms=["Glasfaser"], parent=root)
    )
    target = indexed(make_topic("Breitband", slug="breitband"))
    return source, target
