"""The factories make rows that the models accept."""

import pytest

from practices.enums import Kind, Status
from tests import factories

pytestmark = pytest.mark.django_db


def test_factories_make_valid_rows() -> None:
    city, topic = factories.make_city(), factories.make_topic()
    user = factories.make_user("manager", city=city)
    leadership = factories.make_leadership(city=city, topic=topic)
    practice = factories.make_practice(city=city, topics=[topic], created_by=user)
    for row in (city, topic, leadership, practice):
        row.full_clean()


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", Kind)
def test_practices_of_every_kind_can_have_every_status(kind: Kind, status: Status) -> None:
    factories.make_practice(kind=kind, status=status).full_clean()
