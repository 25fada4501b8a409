"""Topics that become one bring their leading cities along: people say who leads; undoing leaves no trace."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cities.enums import NetworkStatus
from notifications.jobs import run_waiting
from notifications.models import Undertaking
from tests.factories import make_city, make_leadership
from tests.topics.reshaping import url
from topics.enums import Engagement
from topics.handovers import hand_over, terms_of
from topics.models import Leadership, Reshaping

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities():
    return [make_city(name) for name in ("Speyer", "Trier", "Worms")]


def merge_now(client, source, target, **values):
    answer = client.post(url("merge", source), {"ziel": target.pk, **values})
    assert answer.status_code == 302, answer.text
    run_waiting()
    return Undertaking.objects.latest("pk")


def undo_now(client):
    client.post(reverse("topics:undo", args=[Reshaping.objects.latest("pk").pk]))
    run_waiting()
    undertaking = Undertaking.objects.latest("pk")
    assert undertaking.is_done, undertaking.error
    return undertaking.result["text"]


def roles(topic):
    rows = Leadership.objects.filter(topic=topic).order_by("city__name")
    return {row.city.name: row.engagement for row in rows}


def led(*topics):
    return [terms_of(topic, shows_people=True) for topic in topics]


class TestWhoLeads:
    @pytest.fixture(autouse=True)
    def parts(self, pair, cities):
        self.source, self.target = pair
        self.speyer, self.trier, self.worms = cities
        make_leadership(topic=self.source, city=self.speyer, promise="Ein Leitfaden.")
        make_leadership(topic=self.source, city=self.trier, engagement=Engagement.WORKS_ON)
        make_leadership(topic=self.target, city=self.worms)

    def test_the_preview_names_the_roles_and_asks(self, client):
        page = client.get(url("merge", self.source), {"ziel": self.target.pk}).text
        assert "2 Städte mit ihren Rollen (federführend: 1, arbeitet mit: 1)" in page
        assert "hätte 2 federführende Städte (Speyer, Worms)" in page
        assert "Wer leitet „Breitband“ danach?" in page
        assert "Speyer; Worms arbeitet mit" in page
        assert "beide gemeinsam" in page

    def test_nothing_is_done_without_an_answer(self, client):
        answer = client.post(url("merge", self.source), {"ziel": self.target.pk})
        assert answer.status_code == 422
        assert "Bitte entscheiden Sie, wer das Thema danach leitet." in answer.text
        other = client.post(url("merge", self.source), {"ziel": self.target.pk, "fuehrt": self.trier.pk})
        assert other.status_code == 422
        assert not Undertaking.objects.exists()

    @pytest.mark.parametrize("name", ["Speyer", "Worms"])
    def test_the_chosen_city_leads_and_the_other_works_on_it(self, client, name):
        before = roles(self.source), roles(self.target), led(self.source, self.target)
        chosen = {"Speyer": self.speyer, "Worms": self.worms}[name]
        merge_now(client, self.source, self.target, fuehrt=chosen.pk)
        expected = dict.fromkeys(("Speyer", "Trier", "Worms"), "works_on") | {name: "leads"}
        assert roles(self.target) == expected
        assert "nicht zurückholen" not in undo_now(client)
        assert (roles(self.source), roles(self.target), led(self.source, self.target)) == before

    def test_both_lead_if_that_is_meant(self, client):
        merge_now(client, self.source, self.target, fuehrt="alle")
        assert roles(self.target) == {"Speyer": "leads", "Trier": "works_on", "Worms": "leads"}

    def test_a_city_with_a_part_in_both_comes_back_as_it_was(self, client):
        make_leadership(topic=self.target, city=self.speyer, engagement=Engagement.INTERESTED)
        before = roles(self.source), roles(self.target), led(self.source, self.target)
        merge_now(client, self.source, self.target, fuehrt=self.worms.pk)
        assert roles(self.target) == {"Speyer": "works_on", "Trier": "works_on", "Worms": "leads"}
        assert "nicht zurückholen" not in undo_now(client)
        assert (roles(self.source), roles(self.target), led(self.source, self.target)) == before

    def test_nothing_is_asked_where_one_city_leads_afterwards(self, client):
        Leadership.objects.filter(topic=self.target).update(city=self.speyer)
        assert "danach?" not in client.get(url("merge", self.source), {"ziel": self.target.pk}).text
        Leadership.objects.filter(topic=self.target).update(city=self.worms)
        self.worms.status = NetworkStatus.PAUSED
        self.worms.save()
        assert "danach?" not in client.get(url("merge", self.source), {"ziel": self.target.pk}).text
        merge_now(client, self.source, self.target)
        assert roles(self.target)["Speyer"] == "leads"

    def test_an_answer_that_does_not_fit_any_more_is_refused(self, client):
        client.post(url("merge", self.source), {"ziel": self.target.pk, "fuehrt": self.speyer.pk})
        Leadership.objects.filter(city=self.speyer).update(engagement=Engagement.WORKS_ON)
        make_leadership(topic=self.source, city=make_city("Mainz"))
        run_waiting()
        assert "hat sich inzwischen geändert" in Undertaking.objects.latest("pk").error
        assert roles(self.target) == {"Worms": "leads"}


class TestTheHistoryOfAnUndoneMerge:
    @pytest.fixture(autouse=True)
    def handed_over(self, pair, cities, coordinator):
        self.source, self.target = pair
        self.speyer, self.trier, self.worms = cities
        old = make_leadership(topic=self.source, city=self.trier, since=None)
        self.row = hand_over(
            leadership=old,
            to=self.speyer,
            people={"contact_name": "Neue Stelle", "contact_email": "neu@example.org"},
            since=timezone.localdate(),
            former_stays=True,
            by=coordinator,
        )

    def test_it_is_as_if_it_had_never_been(self, client):
        make_leadership(topic=self.target, city=self.trier, engagement=Engagement.INTERESTED)
        before = led(self.source, self.target)
        assert [term.city for term in before[0]] == ["Speyer", "Trier"]
        merge_now(client, self.source, self.target)
        assert [term.city for term in led(self.target)[0]] == ["Speyer"]
        undo_now(client)
        assert led(self.source, self.target) == before
        assert "Speyer" not in client.get(url("engaged", self.target)).text
        merge_now(client, self.source, self.target)
        undo_now(client)
        assert led(self.source, self.target) == before

    def test_what_changed_meanwhile_counts_where_it_came_back_to(self, client):
        merge_now(client, self.source, self.target)
        row = Leadership.objects.get(pk=self.row.pk)
        row.contact_name, row.version = "Spätere Stelle", row.version + 1
        row.save()
        undo_now(client)
        source, target = led(self.source, self.target)
        assert [(term.city, term.contact) for term in source] == [
            ("Speyer", "Spätere Stelle"),
            ("Speyer", "Neue Stelle"),
            ("Trier", "Stabsstelle Digitalisierung"),
        ]
        assert target == []

    def test_what_did_not_come_back_has_led_the_other(self, client):
        merge_now(client, self.source, self.target)
        Leadership.objects.get(pk=self.row.pk).delete()
        undo_now(client)
        source, target = led(self.source, self.target)
        assert [term.until is None for term in source] == [False, False]
        assert [term.city for term in target] == ["Speyer"]

    def test_an_inner_merge_undone_with_the_outer_leaves_no_trace(self, client, pair):
        other = make_leadership(city=self.worms, engagement=Engagement.INTERESTED).topic
        before = led(self.source, self.target, other)
        merge_now(client, self.source, self.target)
        first = Reshaping.objects.latest("pk")
        merge_now(client, self.target, other)
        undo_now(client)
        client.post(reverse("topics:undo", args=[first.pk]))
        run_waiting()
        assert Undertaking.objects.latest("pk").is_done
        assert led(self.source, self.target, other) == before


def test_a_beginning_that_nobody_has_told_is_not_made_up(client, pair, cities, coordinator):
    speyer, trier, _worms = cities
    old = make_leadership(topic=pair[0], city=trier, since=None, promise="Ein Leitfaden für alle.")
    make_leadership(topic=pair[0], city=speyer, engagement=Engagement.WORKS_ON, promise="Wir testen mit.")
    [term] = terms_of(pair[0], shows_people=False)
    assert (term.since, term.span) == (None, "Beginn nicht angegeben")
    today = timezone.localdate()
    people = {"contact_name": "Neue Stelle", "contact_email": "neu@example.org"}
    new = hand_over(leadership=old, to=speyer, people=people, since=today, former_stays=True, by=coordinator)
    now, before = terms_of(pair[0], shows_people=False)
    assert (now.city, now.span) == ("Speyer", f"seit {today:%m/%Y}")
    assert (before.city, before.span) == ("Trier", f"bis {today:%m/%Y}")
    assert f"bis {today:%m/%Y}" in client.get(url("engaged", pair[0])).text
    old.refresh_from_db()
    assert old.promise == "", "the promise has gone along"
    assert new.promise == "Ein Leitfaden für alle.\n\nWir testen mit."
