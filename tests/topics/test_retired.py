"""Nobody is asked to look after what is retired."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingMail
from tests.desks import tasks_of
from tests.factories import make_leadership, make_topic
from topics.models import Leadership
from topics.placing import reinstate_topic, retire_topic
from topics.tasks import ask_about_leaderships

pytestmark = pytest.mark.django_db


def test_a_branch_leaves_the_tasks_when_it_is_retired_and_comes_back(client, coordinator):
    root = make_topic("Netze", slug="netze")
    below = make_topic("Glasfaser", slug="glasfaser", parent=root)
    overdue = timezone.localdate() - timedelta(days=20)
    for topic in (root, below, make_topic("Leerrohre", parent=below)):
        make_leadership(topic=topic, next_check=overdue)
    assert tasks_of(client, "leaderships").total == 3
    retire_topic(topic=root, by=coordinator)
    assert tasks_of(client, "leaderships").total == 0
    assert "Glasfaser" not in client.get(reverse("topics:look_after")).text
    ask_about_leaderships()
    assert not OutgoingMail.objects.exists()
    assert Leadership.objects.count() == 3
    root.refresh_from_db()
    reinstate_topic(topic=root, by=coordinator)
    assert tasks_of(client, "leaderships").total == 3
    retire_topic(topic=below, by=coordinator)
    assert [task.title for task in tasks_of(client, "leaderships").rows] == ["Netze"]
