"""Who leads is kept in order: gaps are seen, due checks are asked about once, handovers are kept."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingMail
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics.enums import Engagement
from topics.handovers import terms_of
from topics.models import Leadership, LeadershipNudge, Topic
from topics.tasks import ask_about_leaderships

pytestmark = pytest.mark.django_db

COMPLETE = {
    "contact_email": "amt@example.org",
    "deputy_name": "Zweite Stelle",
    "deputy_email": "zweite@example.org",
}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def city():
    return make_city("Landau")


@pytest.fixture
def leadership(city, today):
    topic = make_topic("Breitband", slug="breitband")
    return make_leadership(topic=topic, city=city, next_check=today + timedelta(days=200), **COMPLETE)


def mails():
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


class TestAsking:
    def due_in(self, leadership, days):
        leadership.next_check = timezone.localdate() + timedelta(days=days)
        leadership.save()

    def test_two_weeks_ahead_contact_and_deputy_are_asked_once(self, leadership):
        self.due_in(leadership, 15)
        ask_about_leaderships()
        assert mails() == []
        self.due_in(leadership, 14)
        ask_about_leaderships()
        ask_about_leaderships()
        assert mails() == ["amt@example.org", "zweite@example.org"]
        text = OutgoingMail.objects.all()[0].text
        assert "Landau, „Breitband“ (federführend)" in text
        assert reverse("topics:leadership", args=["breitband", leadership.pk]) in text

    def test_two_weeks_after_the_day_the_coordination_hears_of_it(self, leadership):
        self.due_in(leadership, -14)
        ask_about_leaderships()
        ask_about_leaderships()
        assert mails() == ["amt@example.org", settings.COORDINATION_EMAIL, "zweite@example.org"]

    def test_a_new_day_is_asked_about_anew(self, leadership, coordinator):
        self.due_in(leadership, 1)
        ask_about_leaderships()
        self.due_in(leadership, 2)
        ask_about_leaderships()
        assert LeadershipNudge.objects.count() == 2

    def test_a_closed_account_is_not_asked_but_the_managers_are(self, leadership, city):
        manager = make_user("manager", city=city)
        gone = make_user("author", city=city, is_active=False)
        Leadership.objects.update(
            contact_email="",
            contact_user=gone,
            deputy_email="",
            deputy_name="",
            next_check=timezone.localdate(),
        )
        ask_about_leaderships()
        assert set(mails()) == {manager.email}

    def test_missing_people_are_asked_for_once_a_quarter(self, leadership, city):
        manager = make_user("manager", city=city)
        Leadership.objects.update(deputy_email="", deputy_name="")
        ask_about_leaderships()
        ask_about_leaderships()
        assert mails() == [manager.email]
        assert "fehlt eine erreichbare Ansprechperson oder ihre Vertretung" in OutgoingMail.objects.get().text

    def test_where_a_city_has_nobody_the_coordination_is_asked(self, leadership):
        Leadership.objects.update(deputy_email="", deputy_name="")
        ask_about_leaderships()
        assert mails() == [settings.COORDINATION_EMAIL]

    def test_what_is_complete_and_not_due_is_left_in_peace(self, leadership):
        ask_about_leaderships()
        assert mails() == []

    def test_cities_that_do_not_lead_need_no_deputy(self, leadership):
        Leadership.objects.update(deputy_email="", deputy_name="", engagement=Engagement.WORKS_ON)
        ask_about_leaderships()
        assert mails() == []


class TestTheList:
    url = "/themen/federfuehrung/"

    def test_it_says_what_is_missing_and_what_is_due(self, client, leadership, city, today):
        assert "Alles in Ordnung" in client.get(self.url).text
        Leadership.objects.update(deputy_email="", deputy_name="", next_check=today - timedelta(days=3))
        leaver = make_user("author", city=make_city("Speyer"))
        topic = make_topic("Mobilfunk")
        make_leadership(topic=topic, city=city, contact_email="", contact_user=leaver, next_check=None)
        page = client.get(self.url).text
        assert "Prüfung fällig seit" in page
        assert page.count("Vertretung fehlt") == 2
        assert page.count("Ansprechperson fehlt") == 1, "an account of another city answers for nobody here"
        assert "keine Prüfung vereinbart" in page

    def test_topics_without_a_leader_come_with_the_action(self, client, leadership):
        gap = make_topic("Mobilfunk", slug="mobilfunk")
        make_topic("Altes", retired_on=timezone.localdate())
        page = client.get(self.url).text
        assert reverse("topics:engage", args=[gap.slug]) in page
        assert "Altes" not in page

    def test_managers_see_their_own_city_alone(self, leadership, city):
        other = make_city("Speyer")
        make_leadership(topic=make_topic("Geheimthema"), city=other, next_check=timezone.localdate())
        Leadership.objects.filter(pk=leadership.pk).update(next_check=timezone.localdate())
        page = logged_in(make_user("manager", city=city)).get(self.url).text
        assert "Breitband" in page
        assert "Geheimthema" not in page
        assert "Themen ohne Federführung" not in page
        assert logged_in(make_user("author", city=city)).get(self.url).status_code == 403

    @pytest.mark.parametrize("number", [1, 3])
    def test_it_costs_the_same_however_long_it_is(self, number, client, city, django_assert_num_queries):
        for _number in range(number):
            make_leadership(topic=make_topic(), city=city, next_check=timezone.localdate())
            make_topic()
        client.get(self.url)
        with django_assert_num_queries(4):
            client.get(self.url)


class TestHandingOver:
    def send(self, client, leadership, **changes):
        values = {
            "city": leadership.city.name,
            "contact_name": "Neue Stelle",
            "contact_email": "neu@example.org",
            "since": timezone.localdate().isoformat(),
            "former": "arbeitet_mit",
        } | changes
        return client.post(reverse("topics:hand_over", args=["breitband", leadership.pk]), values)

    def test_other_people_of_the_same_city(self, leadership, city):
        Leadership.objects.update(contact_user=make_user("author", city=city))
        manager = logged_in(make_user("manager", city=city))
        self.send(manager, leadership)
        leadership.refresh_from_db()
        assert (leadership.contact_name, leadership.deputy_name) == ("Neue Stelle", "")
        assert leadership.contact_user is None
        assert leadership.engagement == Engagement.LEADS
        terms = [(term.contact, term.until is None) for term in terms_of(leadership.topic, shows_people=True)]
        assert terms == [("Neue Stelle", True), ("Stabsstelle Digitalisierung", False)]

    def test_another_city_takes_role_and_promise_and_is_told(self, client, leadership):
        Leadership.objects.update(promise="Ein Leitfaden für alle.")
        speyer = make_city("Speyer")
        manager = make_user("manager", city=speyer)
        make_leadership(topic=leadership.topic, city=speyer, engagement=Engagement.INTERESTED)
        self.send(client, leadership, city="Speyer")
        new = Leadership.objects.get(city=speyer)
        assert (new.engagement, new.promise) == (Engagement.LEADS, "Ein Leitfaden für alle.")
        leadership.refresh_from_db()
        assert leadership.engagement == Engagement.WORKS_ON
        assert mails() == sorted([manager.email, "neu@example.org"])
        page = client.get(reverse("topics:engaged", args=["breitband"])).text
        assert "Landau, Stabsstelle Digitalisierung" in page

    def test_the_former_city_may_leave(self, client, leadership):
        make_city("Speyer")
        self.send(client, leadership, city="Speyer", former="scheidet_aus")
        assert not Leadership.objects.filter(pk=leadership.pk).exists()
        assert [term.city for term in terms_of(leadership.topic, shows_people=False)] == ["Speyer", "Landau"]

    def test_a_manager_cannot_give_the_lead_to_another_city(self, leadership, city):
        speyer = make_city("Speyer")
        self.send(logged_in(make_user("manager", city=city)), leadership, city="Speyer")
        assert not Leadership.objects.filter(city=speyer).exists()

    def test_somebody_of_another_city_is_refused(self, leadership):
        assert self.send(logged_in(make_user("manager")), leadership).status_code == 403
        leadership.refresh_from_db()
        assert leadership.contact_name != "Neue Stelle"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"contact_email": ""}, "eine E-Mail-Adresse oder eine Telefonnummer"),
            ({"deputy_email": "x@example.org"}, "wer dort zu erreichen ist"),
            ({"since": "2999-01-01"}, "mehr als ein Jahr hin"),
            ({"since": "2023-12-31"}, "Landau hat das Thema erst seit dem 01.01.2024."),
            ({"since": "2024-01-01"}, "mehr als ein Jahr her"),
            ({"city": "Atlantis"}, "ist keine Stadt im Netzwerk"),
        ],
    )
    def test_bad_input_is_said_at_the_field(self, client, leadership, changes, message):
        answer = self.send(client, leadership, **changes)
        assert answer.status_code == 422
        assert message in answer.text

    def test_a_handover_begins_with_the_present_term_at_the_earliest(self, client, leadership, today):
        Leadership.objects.update(since=today - timedelta(days=1))
        make_city("Speyer")
        early = self.send(
            client, leadership, city="Speyer", since=(today - timedelta(days=2)).isoformat()
        ).context["form"]
        assert list(early.errors) == ["since"]
        assert not Leadership.objects.filter(city__name="Speyer").exists()
        begun = today - timedelta(days=1)
        assert self.send(client, leadership, city="Speyer", since=begun.isoformat()).status_code == 302
        assert Leadership.objects.get(city__name="Speyer").since == begun

    def test_visitors_learn_no_names_of_former_contacts(self, leadership):
        leadership.contact_name = "Neue Stelle"
        leadership.save()
        assert {term.contact for term in terms_of(leadership.topic, shows_people=False)} == {""}


class TestTheNutshell:
    def test_everybody_of_the_leading_city_keeps_it(self, leadership, city):
        author = logged_in(make_user("author", city=city))
        url = reverse("topics:nutshell", args=["breitband"])
        assert url in author.get("/themen/breitband/").text
        version = {"version": "1", "summary": "Neu gesagt.", "description": "<p>Drei Absätze.</p>"}
        assert author.post(url, version)["Location"] == "/themen/breitband/"
        topic = Topic.objects.get(slug="breitband")
        assert (topic.summary, topic.description) == ("Neu gesagt.", "<p>Drei Absätze.</p>")
        assert topic.name == "Breitband"

    @pytest.mark.parametrize("engagement", [Engagement.WORKS_ON, Engagement.INTERESTED])
    def test_others_do_not(self, leadership, engagement):
        other = make_city("Speyer")
        make_leadership(topic=leadership.topic, city=other, engagement=engagement)
        manager = logged_in(make_user("manager", city=other))
        assert manager.post(reverse("topics:nutshell", args=["breitband"]), {}).status_code == 403
        assert "kurz-gesagt" not in manager.get("/themen/breitband/").text

    def test_the_change_is_in_the_history_with_its_author(self, client, leadership, city):
        author = make_user("author", city=city, name="Rita Muster")
        values = {"version": "1", "summary": "Neu gesagt.", "description": ""}
        logged_in(author).post(reverse("topics:nutshell", args=["breitband"]), values)
        page = client.get(reverse("topics:changes"), {"thema": "breitband"}).text
        assert "Rita Muster" in page
        assert "<ins>Neu gesagt.</ins>" in page
        assert "<del>Worum es bei diesem Thema geht.</del>" in page


class TestTheHistory:
    @pytest.mark.parametrize("number", [1, 40])
    def test_it_is_paged_and_costs_the_same(self, number, client, city, django_assert_num_queries):
        for _number in range(number):
            make_leadership(topic=make_topic(), city=city)
        url = reverse("topics:changes")
        page = client.get(url).text
        assert ("Ältere Änderungen" in page) is (number == 40)
        with django_assert_num_queries(7):
            client.get(url)
        older = client.get(url, {"vor": "unsinn"})
        assert older.status_code == 200


class TestGaps:
    url = "/koordination/luecken/"

    def test_what_many_want_and_nobody_leads_comes_first(self, client):
        wanted = make_topic("Gewollt", slug="gewollt")
        for _city in range(3):
            make_leadership(topic=wanted, engagement=Engagement.INTERESTED)
        make_leadership(topic=make_topic("Geleitet"))
        page = client.get(self.url).text
        assert "3 Städte sind interessiert" in page
        assert page.index("Gewollt") < page.index("Themen ohne Federführung")
        assert reverse("topics:engage", args=["gewollt"]) in page

    def test_it_is_for_the_coordination(self, city):
        for role in ("author", "manager", "leader"):
            assert logged_in(make_user(role, city=city)).get(self.url).status_code == 403
        assert logged_in(make_coordinator()).get(self.url).status_code == 200
