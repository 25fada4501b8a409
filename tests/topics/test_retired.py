"""Nobody is asked to look after what is retired."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingMail
from tests.desks import tasks_of
from tests.factories import logged_in, make_leadership, make_topic, make_user
from topics.models import Leadership, Topic
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


def test_the_page_of_a_retired_topic_asks_for_nothing_new(client):
    root = make_topic("Netze", slug="netze")
    topic = make_topic("Glasfaser", slug="glasfaser", parent=root)
    engage = reverse("topics:engage", args=["glasfaser"])
    write = f"{reverse('practices:new')}?thema=glasfaser"
    for retired in (topic, root):
        page = client.get("/themen/glasfaser/").text
        assert "Noch ohne Federführung" in page
        assert engage in page
        assert write in page
        Topic.objects.filter(pk=retired.pk).update(retired_on=timezone.localdate())
        for reader in (client, logged_in(make_user("manager", city=make_leadership().city)), logged_in(None)):
            page = reader.get("/themen/glasfaser/").text
            assert "Keine Stadt leitet dieses Thema mehr." in page
            assert "Noch ohne Federführung" not in page
            assert engage not in page
            assert write not in page
            assert "?unter=" not in page
        Topic.objects.filter(pk=retired.pk).update(retired_on=None)


def test_taking_a_topic_up_again_looks_like_it(client):
    topic = make_topic("Glasfaser", slug="glasfaser")
    url = reverse("topics:retire", args=["glasfaser"])
    assert "kern-icon--visibility-off" in client.get("/themen/glasfaser/").text
    Topic.objects.filter(pk=topic.pk).update(retired_on=timezone.localdate())
    page = client.get("/themen/glasfaser/").text
    assert "Wieder aufnehmen" in page
    assert "kern-icon--visibility-off" not in page
    assert "„Glasfaser“ wieder aufnehmen" in client.get(url).text
    assert "„Glasfaser“ stilllegen" not in client.get(url).text


def test_no_city_is_entered_under_a_retired_topic(client):
    make_topic("Glasfaser", slug="glasfaser", retired_on=timezone.localdate())
    city = make_leadership().city
    url = reverse("topics:engage", args=["glasfaser"])
    answer = client.post(url, {"city": city.name, "engagement": "works_on"}, follow=True)
    assert "„Glasfaser“ ist stillgelegt; dort wird keine Stadt mehr eingetragen." in answer.text
    assert not Leadership.objects.filter(topic__slug="glasfaser").exists()
