"""Topics are split and retired; what stays and what goes along is chosen."""

import pytest
from django.urls import reverse

from notifications.jobs import run_waiting
from notifications.models import Undertaking
from practices.models import PracticeTopic
from search.models import Entry
from tests.factories import make_practice, make_topic
from tests.topics.reshaping import out_of_step, url
from topics.models import Reshaping, Topic
from topics.splitting import SHOWN

pytestmark = pytest.mark.django_db


class TestSplitting:
    @pytest.fixture(autouse=True)
    def things(self, pair):
        self.source, self.target = pair
        self.goes = make_practice("Mobilfunk am Waldrand", topics=[self.source])
        self.stays = make_practice("Leerrohre", topics=[self.source])

    def send(self, client, **changes):
        link = PracticeTopic.objects.get(practice=self.goes)
        values = {"name": "Mobilfunk", "summary": "", "place": "daneben", "rows0": [link.pk]} | changes
        return client.post(url("split", self.source), values)

    def test_what_is_chosen_goes_along_and_the_rest_stays(self, client):
        self.send(client)
        run_waiting()
        made = Topic.objects.get(slug="mobilfunk")
        assert made.parent == self.source.parent
        assert PracticeTopic.objects.get(practice=self.goes).topic == made
        assert PracticeTopic.objects.get(practice=self.stays).topic == self.source
        assert made.pk in Entry.objects.get(object_id=self.goes.pk, source=1).topics
        run_waiting()
        assert out_of_step() == []
        assert Reshaping.objects.get().number == 1

    def test_words_narrow_what_is_offered(self, client):
        page = client.get(url("split", self.source), {"woerter": "wald mobil"}).text
        assert "Mobilfunk am Waldrand" in page
        assert "Leerrohre" not in page

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"rows0": []}, "Bitte wählen Sie, was unter das neue Thema gehört."),
            ({"name": ""}, "Name des neuen Themas"),
            ({"name": "Breitbandausbau"}, "hat schon ein anderes Thema"),
            ({"name": "Neu"}, "keine freie Adresse"),
            ({"rows0": ["999"]}, "nicht mehr unter dem Thema"),
        ],
    )
    def test_bad_input_is_said_and_nothing_happens(self, client, changes, message):
        answer = self.send(client, **changes)
        assert answer.status_code == 422
        assert message in answer.text
        assert Topic.objects.count() == 3
        assert not Undertaking.objects.exists()

    @pytest.mark.parametrize(("place", "parent"), [("daneben", "root"), ("darunter", "source")])
    def test_a_name_that_a_sibling_has_is_said_at_its_field(self, client, place, parent):
        above = self.source if parent == "source" else self.source.parent
        make_topic("Mobilfunk", slug="funknetze", parent=above)
        link = PracticeTopic.objects.get(practice=self.goes)
        answer = self.send(client, name="mobilfunk", place=place)
        assert answer.status_code == 422
        assert answer.context["form"].errors == {
            "name": ["Ein Thema mit diesem Namen gibt es an dieser Stelle schon."]
        }
        assert answer.context["form"]["rows0"].value() == [str(link.pk)], "what was chosen stays"
        assert Topic.objects.count() == 4
        assert not Undertaking.objects.exists()

    def test_the_same_name_elsewhere_on_the_map_does_no_harm(self, client):
        make_topic("Mobilfunk", slug="funknetze", parent=self.target)
        self.send(client)
        assert Topic.objects.get(slug="mobilfunk").parent == self.source.parent

    def test_a_cut_list_says_so(self, client, monkeypatch):
        monkeypatch.setattr("topics.splitting.SHOWN", 1)
        assert SHOWN > 1
        assert "die neuesten von 2" in client.get(url("split", self.source)).text


class TestRetiring:
    def test_a_retired_topic_leaves_the_map_and_keeps_its_page(self, client, pair):
        source, _target = pair
        practice = make_practice(topics=[source])
        below = make_topic("FTTH", parent=source)
        client.post(url("retire", source))
        assert 'href="/themen/breitbandausbau/"' not in client.get("/themen/").text
        assert "stillgelegt" in client.get(url("detail", below)).text
        assert practice.title in client.get(url("detail", source)).text
        assert "Breitbandausbau" not in client.get("/praxis/neu/").text
        assert "wieder auf der Themenkarte" in client.post(url("retire", source), follow=True).text
        assert 'href="/themen/breitbandausbau/"' in client.get("/themen/").text

    def test_a_write_up_keeps_its_retired_topic_when_it_is_edited(self, client, pair):
        source, _target = pair
        practice = make_practice(topics=[source])
        client.post(url("retire", source))
        page = client.get(reverse("practices:section", args=[practice.pk, "profil"])).text
        assert "Breitbandausbau (stillgelegt)" in page

    def test_below_a_retired_topic_nothing_is_reinstated_alone(self, client, pair):
        source, _target = pair
        below = make_topic("FTTH", parent=source)
        client.post(url("retire", source))
        client.post(url("retire", below))
        below.refresh_from_db()
        assert below.retired_on is None
        assert "das stillgelegt ist" in client.get(url("retire", below)).text
