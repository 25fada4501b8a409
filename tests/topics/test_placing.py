"""Topics are drawn to their place, and the arrows do the same."""

import pytest
from django.urls import reverse

from tests.factories import make_topic
from topics.models import Topic
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree(request):
    request.cls.first = make_topic("Erstes", position=0)
    request.cls.second = make_topic("Zweites", position=1)
    request.cls.below = make_topic("Unteres", parent=request.cls.first)
    request.cls.leaf = make_topic("Blatt", parent=request.cls.below)


def shape():
    return [f"{'-' * (node.depth - 1)}{node.name}" for node in TopicTree.load()]


class Placed:
    """What `tree` gives every test."""

    first: Topic
    second: Topic
    below: Topic
    leaf: Topic


class TestDrawing(Placed):
    def draw(self, client, topic, parent="", before=""):
        values = {"topic": topic.pk, "parent": parent and parent.pk, "before": before and before.pk}
        return client.post(reverse("topics:curate"), values, follow=True)

    def test_before_another(self, client):
        self.draw(client, self.second, before=self.first)
        assert shape() == ["Zweites", "Erstes", "-Unteres", "--Blatt"]

    def test_into_another(self, client):
        page = self.draw(client, self.second, parent=self.below).text
        assert shape() == ["Erstes", "-Unteres", "--Blatt", "--Zweites"]
        assert "autofocus" in page

    def test_to_the_top_with_all_below(self, client):
        self.draw(client, self.below)
        assert shape() == ["Erstes", "Zweites", "Unteres", "-Blatt"]

    def test_where_it_stands_now_is_said(self, client):
        page = self.draw(client, self.second, parent=self.first, before=self.below)
        assert "„Zweites“ steht jetzt an 1. Stelle von 2 unter „Erstes“." in page.text
        page = self.draw(client, self.second)
        assert "„Zweites“ steht jetzt an 2. Stelle von 2 auf der obersten Ebene." in page.text
        page = self.draw(client, self.second)
        assert "„Zweites“ steht weiter an 2. Stelle von 2 auf der obersten Ebene." in page.text

    @pytest.mark.parametrize(
        ("drawn", "parent", "message"),
        [
            ("first", "leaf", "nicht unter sich selbst"),
            ("first", "second", "höchstens drei Ebenen"),
            ("second", "leaf", "höchstens drei Ebenen"),
        ],
    )
    def test_where_there_is_no_place_it_stays(self, client, drawn, parent, message):
        before = shape()
        assert message in self.draw(client, getattr(self, drawn), getattr(self, parent)).text
        assert shape() == before

    def test_a_namesake_is_in_the_way(self, client):
        make_topic("ZWEITES", parent=self.first, slug="anders")
        assert "mit diesem Namen" in self.draw(client, self.second, self.first).text

    @pytest.mark.parametrize("values", [{"topic": "x"}, {"topic": "0"}, {"topic": "9" * 30}])
    def test_nonsense_is_said(self, client, values):
        page = client.post(reverse("topics:curate"), values, follow=True).text
        assert "Dieses Thema gibt es nicht mehr." in page


class TestArrows(Placed):
    def press(self, client, topic, direction):
        return client.post(reverse("topics:curate"), {"step": f"{topic.pk}-{direction}"}, follow=True)

    def test_in_and_out_are_each_others_way_back(self, client):
        self.press(client, self.second, "hinein")
        assert shape() == ["Erstes", "-Unteres", "--Blatt", "-Zweites"]
        page = self.press(client, self.second, "heraus").text
        assert shape() == ["Erstes", "-Unteres", "--Blatt", "Zweites"]
        [focused] = [
            part.split(">")[0] for part in page.split("<button")[1:] if "autofocus" in part.split(">")[0]
        ]
        assert f'value="{self.second.pk}-' in focused

    def test_out_of_a_branch_it_stands_behind_it(self, client):
        self.press(client, self.below, "heraus")
        assert shape() == ["Erstes", "Unteres", "-Blatt", "Zweites"]
