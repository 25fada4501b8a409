"""The history of the map: every change is on one of its pages, and who led a topic is told rightly."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_city, make_leadership, make_topic
from topics import changes, handovers
from topics.enums import Engagement
from topics.handovers import terms_of
from topics.models import Leadership, Topic

pytestmark = pytest.mark.django_db


def pages_of(client, **query):
    """What the pages of the history show, from the newest on."""
    url, shown = f"{reverse('topics:changes')}", []
    while True:
        answer = client.get(url, query)
        shown.append(list(answer.context["changes"]))
        older = re.search(r'href="\?([^"]*)">Ältere', answer.text)
        if not older:
            return shown
        url, query = f"{reverse('topics:changes')}?{older[1].replace('&amp;', '&')}", {}


class TestPaging:
    @pytest.fixture(autouse=True)
    def short_pages(self, monkeypatch):
        monkeypatch.setattr(changes, "PAGE", 3)

    def test_what_happened_in_one_moment_is_not_skipped(self, client):
        """All of a test happens in one transaction, so that all events have the same time."""
        cities = [make_city(f"Stadt {letter}") for letter in "ABCDE"]
        topic = make_topic("Breitband", slug="breitband")
        for city in cities:
            make_leadership(topic=topic, city=city)
        pages = pages_of(client)
        assert [len(page) for page in pages] == [3, 3]
        subjects = [change.subject for page in pages for change in page]
        assert subjects == ["Breitband", *(f"Stadt {letter}, Breitband" for letter in "EDCBA")]
        assert [len(page) for page in pages_of(client, thema="breitband")] == [3, 3]

    def test_what_shows_nothing_does_not_hide_what_is_older(self, client):
        topic = make_topic("Breitband")
        for position in range(1, 6):
            Topic.objects.filter(pk=topic.pk).update(position=position)
        pages = pages_of(client)
        assert [[change.what for change in page] for page in pages] == [[], ["Thema angelegt"]]
        text = client.get(reverse("topics:changes")).text
        assert "Noch ist nichts geändert" not in text
        assert "Ältere Änderungen" in text
        assert "nur Kleines geändert, etwa die Reihenfolge" in text

    def test_a_new_order_is_one_line_however_many_make_room(self, client, coordinator):
        root = make_topic("Wurzel", slug="wurzel")
        topics = [make_topic(f"Thema {n:02}", slug=f"thema-{n}", parent=root) for n in range(20)]
        answer = client.post(reverse("topics:curate"), {"step": f"{topics[9].pk}-hoch"})
        assert answer.status_code == 302
        newest = pages_of(client)[0]
        told = ("Thema an andere Stelle gerückt", "Thema 09")
        assert [(one.what, one.subject) for one in newest].count(told) == 1
        assert {one.what for one in newest[1:]} == {"Thema angelegt"}
        drawn = {"topic": topics[3].pk, "parent": root.pk, "before": topics[0].pk}
        client.post(reverse("topics:curate"), drawn)
        [only, *_older] = pages_of(client, thema="thema-3")[0]
        assert (only.what, only.by) == ("Thema an andere Stelle gerückt", coordinator.name)

    @pytest.mark.parametrize(
        "mark",
        [
            "unsinn",
            "2026-01-01",
            "2026-01-01T00:00:00+01:00",
            "2026-01-01T00:00:00_1_1",
            "2026-01-01T00:00:00+01:00_x_1",
            "2026-01-01T00:00:00+01:00_1_" + "9" * 5_000,
            "\x00",
        ],
    )
    def test_a_mark_that_is_none_begins_anew(self, client, mark):
        make_topic("Breitband")
        answer = client.get(reverse("topics:changes"), {"vor": mark})
        assert [change.subject for change in answer.context["changes"]] == ["Breitband"]

    def test_a_mark_with_huge_numbers_does_no_harm(self, client):
        make_topic("Breitband")
        mark = f"{timezone.now().isoformat()}_{'9' * 30}_{'9' * 30}"
        assert client.get(reverse("topics:changes"), {"vor": mark}).status_code == 200


class TestWhoLed:
    def told(self, topic):
        return [(term.city, term.until is None) for term in terms_of(topic, shows_people=False)]

    def test_a_lead_that_moves_to_another_topic_ends_here(self):
        here, there = make_topic("Breitband"), make_topic("Mobilfunk")
        lead = make_leadership(topic=here, city=make_city("Landau"))
        Leadership.objects.filter(pk=lead.pk).update(topic=there)
        assert self.told(here) == [("Landau", False)]
        assert self.told(there) == [("Landau", True)]
        Leadership.objects.filter(pk=lead.pk).update(topic=here)
        assert self.told(there) == [("Landau", False)]

    def test_a_lead_that_came_back_is_told_from_its_return(self):
        here, there = make_topic("Breitband"), make_topic("Mobilfunk")
        lead = make_leadership(topic=here, city=make_city("Landau"))
        Leadership.objects.filter(pk=lead.pk).update(topic=there)
        Leadership.objects.filter(pk=lead.pk).update(topic=here)
        now, before = terms_of(here, shows_people=False)
        assert (now.since, now.until) == (timezone.localdate(), None)
        assert (before.since, before.until) == (lead.since, timezone.localdate())

    def test_what_others_changed_does_not_push_out_who_leads(self, monkeypatch):
        monkeypatch.setattr(handovers, "MOST_EVENTS", 3)
        topic = make_topic("Breitband")
        make_leadership(topic=topic, city=make_city("Landau"))
        other = make_leadership(topic=topic, engagement=Engagement.WORKS_ON)
        for number in range(5):
            Leadership.objects.filter(pk=other.pk).update(promise=f"Version {number}")
        assert self.told(topic) == [("Landau", True)]

    def test_only_the_latest_events_are_read(self, monkeypatch, django_assert_num_queries):
        monkeypatch.setattr(handovers, "MOST_EVENTS", 3)
        lead = make_leadership(city=make_city("Landau"), contact_name="Stelle 0")
        for number in range(1, 6):
            Leadership.objects.filter(pk=lead.pk).update(contact_name=f"Stelle {number}")
        with django_assert_num_queries(2):
            terms = terms_of(lead.topic, shows_people=True)
        assert {term.contact for term in terms} == {"Stelle 3", "Stelle 4", "Stelle 5"}
