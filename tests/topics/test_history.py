"""The history of the map: who led a topic is told rightly."""

import pytest
from django.utils import timezone

from tests.factories import make_city, make_leadership, make_topic
from topics import handovers
from topics.enums import Engagement
from topics.handovers import terms_of
from topics.models import Leadership

pytestmark = pytest.mark.django_db


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
