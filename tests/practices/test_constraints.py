"""What the database itself holds to, tried both ways."""

import pytest
from django.db import IntegrityError, transaction

from practices.enums import Status
from practices.models import Practice
from tests.factories import make_practice, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"title": "x"}, {"title": ""}),
        ({"starts": "2022-03"}, {"starts": "2022-13"}),
        ({"ends": "2022"}, {"ends": "bald"}),
        ({"starts": "2022-03", "ends": "2022"}, {"starts": "2022-03", "ends": "2022-02"}),
        ({"status": Status.DRAFT, "summary": ""}, {"status": Status.IN_REVIEW, "summary": ""}),
        ({"status": Status.ARCHIVED, "lessons": ""}, {"status": Status.PUBLISHED, "lessons": ""}),
        ({"kind": "stopped", "stop_reason": "x"}, {"kind": "stopped", "stop_reason": ""}),
        ({"status": Status.DRAFT, "published_at": None}, {"published_at": None}),
    ],
)
def test_constraint_holds(good: dict[str, object], bad: dict[str, object]) -> None:
    practice = make_practice()
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(**bad)
    Practice.objects.filter(pk=practice.pk).update(**good)


def test_one_topic_is_the_primary_one_and_each_stands_once() -> None:
    first, second = make_topic(), make_topic()
    practice = make_practice(topics=[first])
    with pytest.raises(IntegrityError), transaction.atomic():
        practice.topic_links.create(topic=second, is_primary=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        practice.topic_links.create(topic=first)
    practice.topic_links.create(topic=second)
