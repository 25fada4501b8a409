"""What the database does not let happen to the map, and what it does."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.factories import make_city, make_leadership, make_topic
from topics.models import RESERVED_SLUGS, FormerTopicSlug, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    root = make_topic("Wurzel")
    middle = make_topic("Mitte", parent=root)
    return root, middle, make_topic("Blatt", parent=middle)


def refused():
    return pytest.raises(IntegrityError)


def test_three_levels_fit_and_a_fourth_does_not(branch):
    assert [topic.depth for topic in branch] == [1, 2, 3]
    with refused(), transaction.atomic():
        make_topic("Zu tief", parent=branch[2])


def test_a_branch_moves_with_its_depths_and_not_below_the_third_level(branch):
    root, middle, leaf = branch
    other = make_topic("Andere Wurzel")
    Topic.objects.filter(pk=middle.pk).update(parent=None)
    leaf.refresh_from_db()
    assert leaf.depth == 2
    with refused(), transaction.atomic():
        Topic.objects.filter(pk=other.pk).update(parent=leaf)
        Topic.objects.filter(pk=root.pk).update(parent=other)


def test_a_topic_never_stands_below_itself(branch):
    root, _middle, leaf = branch
    with refused(), transaction.atomic():
        Topic.objects.filter(pk=root.pk).update(parent=leaf)
    with refused(), transaction.atomic():
        Topic.objects.filter(pk=root.pk).update(parent=root)


def test_siblings_have_different_names_and_cousins_may_share_one(branch):
    root, middle, _leaf = branch
    make_topic("Mitte", parent=middle)
    with refused(), transaction.atomic():
        make_topic("mitte", parent=root)
    with refused(), transaction.atomic():
        make_topic("Wurzel")


@pytest.mark.parametrize("slug", ["", *RESERVED_SLUGS])
def test_no_topic_takes_an_address_that_the_portal_needs(slug):
    with refused():
        make_topic("Thema", slug=slug)


def test_a_name_is_given():
    with refused():
        Topic.objects.create(name="", slug="leer")


def test_a_city_stands_under_a_topic_once_and_under_many_topics():
    first = make_leadership()
    make_leadership(city=first.city)
    make_leadership(topic=first.topic)
    with refused():
        make_leadership(city=first.city, topic=first.topic)


def test_the_next_check_comes_after_the_start():
    start = dt.date(2026, 1, 1)
    make_leadership(since=start, next_check=start + dt.timedelta(days=1))
    make_leadership(since=None, next_check=start)
    with refused():
        make_leadership(since=start, next_check=start)


def test_a_former_address_leads_to_one_topic():
    FormerTopicSlug.objects.create(slug="frueher", topic=make_topic())
    with refused():
        FormerTopicSlug.objects.create(slug="frueher", topic=make_topic())


def test_history_keeps_changes_and_deletion():
    city, topic = make_city(), make_topic("Alt")
    topic.name = "Neu"
    topic.save()
    row = make_leadership(city=city, topic=topic)
    row.delete()
    topic.delete()
    events: Any = apps.get_model("topics", "TopicEvent")
    names = list(events.objects.order_by("pgh_id").values_list("pgh_label", "name"))
    assert names == [("insert", "Alt"), ("update", "Neu"), ("delete", "Neu")]
