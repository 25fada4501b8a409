"""The former address of a topic leads on, with all that stands below it."""

import pytest
from django.urls import reverse

from tests.factories import logged_in, make_leadership, make_topic, make_user
from topics.models import FormerTopicSlug

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def topic():
    topic = make_topic("Breitband", slug="breitband")
    FormerTopicSlug.objects.create(slug="glasfaser", topic=topic)
    return topic


def test_the_cities_of_a_merged_topic_are_found_under_the_target():
    visitor = logged_in(None)
    answer = visitor.get("/themen/glasfaser/staedte/", {"ab": "100"})
    assert (answer.status_code, answer["Location"]) == (301, "/themen/breitband/staedte/?ab=100")
    assert answer["Cache-Control"] == "no-cache", "browsers would keep it after the merge is undone"
    assert visitor.get("/themen/glasfaser/")["Location"] == "/themen/breitband/"
    assert visitor.get("/themen/fehlt/staedte/").status_code == 404


def test_working_pages_follow_too(client, topic):
    row = make_leadership(topic=topic)
    for name, args in {"merge": [], "split": [], "retire": [], "engage": [], "leadership": [row.pk]}.items():
        answer = client.get(reverse(f"topics:{name}", args=["glasfaser", *args]))
        target = reverse(f"topics:{name}", args=["breitband", *args])
        assert (answer.status_code, answer["Location"]) == (301, target)
    assert client.get(reverse("topics:leadership", args=["breitband", row.pk + 1])).status_code == 404


def test_who_may_not_open_a_page_is_refused_first():
    assert logged_in(make_user()).get("/themen/glasfaser/stilllegen/").status_code == 403
    assert "/themen/breitband/" not in logged_in(None).get("/themen/glasfaser/stilllegen/")["Location"]


def test_nothing_is_done_at_a_former_address(client, topic):
    assert client.post(reverse("topics:retire", args=["glasfaser"])).status_code == 404
    topic.refresh_from_db()
    assert topic.retired_on is None
