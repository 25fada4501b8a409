"""Coordinators move topics and put them in order."""

import pytest
from django.urls import reverse

from notifications.jobs import run_waiting
from search.entries import EntryData, enter
from search.models import Audience, Entry
from search.sources import code_of
from tests.factories import make_practice, make_topic
from tests.topics.forms import edit_url, typed
from topics.actions import shift_topic
from topics.models import Topic
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db


def enter_practice(practice, topics):
    enter(
        [
            EntryData(
                code_of("practices"),
                practice.pk,
                Audience.PUBLIC,
                practice.confirmed_on,
                practice.title,
                topics=topics,
            )
        ]
    )


class TestMoving:
    @pytest.fixture(autouse=True)
    def branch(self):
        self.root = make_topic("Wurzel", slug="wurzel")
        self.middle = make_topic("Mitte", slug="mitte", parent=self.root)
        self.leaf = make_topic("Blatt", slug="blatt", parent=self.middle)
        self.other = make_topic("Andere", slug="andere")

    def move(self, client, topic, parent):
        return client.post(edit_url(topic), typed(topic, parent=str(parent.pk) if parent else ""))

    def test_a_branch_moves_as_a_whole_to_the_last_place(self, client):
        make_topic("Schon da", parent=self.other, position=4)
        self.move(client, self.middle, self.other)
        tree = TopicTree.load()
        assert [node.id for node in tree.path(self.leaf.pk)] == [self.other.pk, self.middle.pk, self.leaf.pk]
        assert [node.name for node in tree[self.other.pk].children] == ["Schon da", "Mitte"]

    def test_a_topic_becomes_a_root(self, client):
        self.move(client, self.middle, None)
        assert [node.slug for node in TopicTree.load().roots] == ["andere", "wurzel", "mitte"]

    @pytest.mark.parametrize("below", ["root", "middle", "leaf"])
    def test_a_topic_cannot_stand_below_itself(self, client, below):
        answer = self.move(client, self.root, getattr(self, below))
        assert answer.context["form"].errors["parent"] == ["Ein Thema kann nicht unter sich selbst stehen."]

    def test_depth_counts_the_whole_branch(self, client):
        answer = self.move(client, self.root, self.other)
        [message] = answer.context["form"].errors["parent"]
        assert "höchstens drei Ebenen" in message
        assert "braucht mit seinen Unterthemen 3" in message

    def test_only_places_with_room_are_offered(self, client):
        html = client.get(edit_url(self.middle)).text
        assert f'value="{self.other.pk}"' in html
        assert f'value="{self.leaf.pk}"' not in html

    def test_what_stands_under_a_moved_topic_is_found_under_its_new_ancestors(self, client):
        practice = make_practice(topics=[self.leaf])
        enter_practice(practice, [self.root.pk, self.middle.pk, self.leaf.pk])
        self.move(client, self.middle, self.other)
        run_waiting()
        entry = Entry.objects.get(object_id=practice.pk)
        assert set(entry.topics) == {self.other.pk, self.middle.pk, self.leaf.pk}


class TestOrder:
    @pytest.fixture(autouse=True)
    def siblings(self):
        self.topics = [make_topic(name) for name in ("Adler", "Biber", "Dachs")]

    def names(self):
        return [node.name for node in TopicTree.load().roots]

    def press(self, client, step):
        return client.post(reverse("topics:curate"), {"step": step})

    def test_arrows_swap_neighbours_even_when_nobody_ordered_before(self, client):
        self.press(client, f"{self.topics[2].pk}-hoch")
        assert self.names() == ["Adler", "Dachs", "Biber"]
        self.press(client, f"{self.topics[0].pk}-runter")
        assert self.names() == ["Dachs", "Adler", "Biber"]

    def test_the_ends_of_the_row_hold(self, client):
        self.press(client, f"{self.topics[0].pk}-hoch")
        self.press(client, f"{self.topics[2].pk}-runter")
        assert self.names() == ["Adler", "Biber", "Dachs"]

    def test_where_it_stands_now_is_said_as_a_status(self, client):
        said = client.post(reverse("topics:curate"), {"step": f"{self.topics[0].pk}-runter"}, follow=True)
        assert "„Adler“ steht jetzt an 2. Stelle von 3 auf der obersten Ebene." in said.text
        assert 'role="status"' in said.text
        said = client.post(reverse("topics:curate"), {"step": f"{self.topics[2].pk}-runter"}, follow=True)
        assert "„Dachs“ steht weiter an 3. Stelle von 3 auf der obersten Ebene." in said.text
        said = client.post(reverse("topics:curate"), {"step": f"{self.topics[0].pk}-hinein"}, follow=True)
        assert "„Adler“ steht jetzt an 1. Stelle von 1 unter „Biber“." in said.text

    def test_the_pressed_arrow_keeps_the_focus(self, client):
        answer = self.press(client, f"{self.topics[1].pk}-runter")
        html = client.get(answer.url).text
        buttons = [part.split(">")[0] for part in html.split("<button")[1:]]
        [focused] = [button for button in buttons if "autofocus" in button]
        # Biber is last now and cannot go further down, so the other arrow has the focus.
        assert f'value="{self.topics[1].pk}-hoch"' in focused
        assert "disabled" not in focused

    @pytest.mark.parametrize(
        "step", ["", "x", "0-hoch", "999999999999999999-hoch", "1-quer", "9" * 40, "1\x00-hoch"]
    )
    def test_a_topic_that_is_not_there_is_said_so(self, client, step):
        answer = client.post(reverse("topics:curate"), {"step": step}, follow=True)
        assert "Dieses Thema gibt es nicht mehr." in answer.text

    def test_order_is_no_change_that_others_must_compare(self, coordinator):
        shift_topic(topic=self.topics[0], up=False, by=coordinator)
        assert set(Topic.objects.values_list("version", flat=True)) == {1}
