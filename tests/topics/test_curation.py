"""Coordinators keep the map."""

import pytest
from django.urls import reverse

from notifications.jobs import run_waiting
from search.entries import EntryData, enter
from search.models import Audience, Entry
from search.sources import code_of
from tests.factories import logged_in, make_coordinator, make_leadership, make_practice, make_topic
from topics.actions import TopicInUseError, delete_topic, save_topic, shift_topic
from topics.models import FormerTopicSlug, Topic
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db

GONE = 410
REFUSED = 422


@pytest.fixture
def coordinator():
    return make_coordinator()


@pytest.fixture
def client(coordinator):
    return logged_in(coordinator)


def typed(topic: Topic | None = None, **changes) -> dict[str, str]:
    """What a browser sends for a topic's form."""
    values = {"name": "Breitband", "slug": "", "parent": "", "summary": "", "description": "", "synonyms": ""}
    if topic:
        values |= {
            "name": topic.name,
            "slug": topic.slug,
            "parent": str(topic.parent_id or ""),
            "summary": topic.summary,
            "version": str(topic.version),
        }
    return values | changes


def edit_url(topic: Topic) -> str:
    return reverse("topics:edit", args=[topic.slug])


def test_a_new_topic_gets_an_address_and_the_last_place(client):
    root = make_topic("Wurzel", position=7)
    answer = client.post(
        reverse("topics:create"),
        typed(name="Straßen & Wege", synonyms="Straßenbau\nWege, straßenbau", description="<p>Text</p>"),
    )
    topic = Topic.objects.get(slug="strassen-wege")
    assert answer.url == topic.get_absolute_url()
    assert topic.position == root.position + 1
    assert topic.synonyms == ["Straßenbau", "Wege"]
    assert topic.description == "<p>Text</p>"


def test_a_sub_topic_starts_with_its_parent_chosen(client):
    root = make_topic("Wurzel")
    html = client.get(reverse("topics:create"), {"unter": root.pk}).text
    assert f'<option value="{root.pk}" selected>' in html


@pytest.mark.parametrize("asked", ["0", "x", "9" * 30, "٣", "-1", "1\x00"])
def test_a_wrong_parent_in_the_address_is_ignored(client, asked):
    assert client.get(reverse("topics:create"), {"unter": asked}).status_code == 200


def test_renaming_keeps_the_former_address_as_a_redirect(client):
    topic = make_topic("Alt", slug="alt")
    client.post(edit_url(topic), typed(topic, name="Neu", slug="neu-es"))
    answer = client.get("/themen/alt/")
    assert (answer.status_code, answer.url) == (301, "/themen/neu-es/")
    topic.refresh_from_db()
    client.post(edit_url(topic), typed(topic, slug="alt"))
    assert client.get("/themen/alt/").status_code == 200
    assert client.get("/themen/neu-es/").url == "/themen/alt/"


def test_unknown_addresses_are_not_found(client):
    assert client.get("/themen/gibt-es-nicht/").status_code == 404
    assert client.get("/themen/gibt-es-nicht/bearbeiten/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "", "Dieses Feld ist zwingend erforderlich."),
        ("name", "x" * 81, "höchstens 80 Zeichen"),
        ("name", "Null\x00", "Nullzeichen sind nicht erlaubt."),
        ("name", "ANDERES", "Ein Thema mit diesem Namen gibt es an dieser Stelle schon."),
        ("slug", "anderes", "Diese Adresse hat schon ein anderes Thema."),
        ("slug", "matrix", "Diese Adresse braucht das Portal selbst."),
        ("slug", "frueher", "Unter dieser Adresse war früher „Anderes“ zu finden"),
        ("slug", "ä/b", "Bitte nur Buchstaben, Ziffern"),
        ("slug", "a" * 101, "höchstens 100 Zeichen"),
        ("summary", "x" * 281, "höchstens 280 Zeichen"),
        ("synonyms", "x" * 81, "ist zu lang"),
        ("synonyms", "\n".join(f"Wort {n}" for n in range(60)), "Höchstens"),
        ("description", "x" * 9_000, "höchstens 8000 sind möglich"),
        ("parent", "999999999999999999999999", "Dieses Thema gibt es nicht mehr."),
        ("parent", "x\x00", "Nullzeichen"),
    ],
)
def test_bad_input_gets_a_message_at_its_field_and_stays(client, field, value, message):
    other = make_topic("Anderes", slug="anderes")
    FormerTopicSlug.objects.create(slug="frueher", topic=other)
    answer = client.post(reverse("topics:create"), typed(summary="Bleibt hier stehen") | {field: value})
    assert answer.status_code == REFUSED
    form = answer.context["form"]
    assert message in " ".join(form.errors[field])
    if field != "summary":
        assert "Bleibt hier stehen" in answer.text
    assert Topic.objects.count() == 1


def test_html_in_the_description_is_sanitised(client):
    client.post(
        reverse("topics:create"), typed(description="<p onclick='x()'>Gut</p><script>böse()</script>")
    )
    assert "script" not in Topic.objects.get().description
    assert "onclick" not in Topic.objects.get().description


def test_a_name_without_latin_letters_needs_an_address(client):
    answer = client.post(reverse("topics:create"), typed(name="!!!"))
    assert "Bitte geben Sie eine Adresse an" in answer.context["form"].errors["slug"][0]


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
        assert tree.ancestor_ids(self.leaf.pk) == [self.other.pk, self.middle.pk, self.leaf.pk]
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


class TestDeleting:
    def test_an_unused_topic_goes_after_a_question(self, client):
        topic = make_topic("Weg damit", slug="weg")
        FormerTopicSlug.objects.create(slug="frueher", topic=topic)
        assert "Endgültig löschen" in client.get("/themen/weg/loeschen/").text
        assert Topic.objects.exists()
        answer = client.post("/themen/weg/loeschen/", follow=True)
        assert "ist gelöscht" in answer.text
        assert not Topic.objects.exists()

    def test_what_hangs_on_a_topic_is_named_and_keeps_it(self, client):
        topic = make_topic("Bleibt", slug="bleibt")
        make_topic("Kind", parent=topic)
        make_leadership(topic=topic)
        make_practice(topics=[topic])
        make_practice(topics=[topic])
        for ask in (client.get, client.post):
            html = ask("/themen/bleibt/loeschen/").text
            assert "1 Thema" in html
            assert "1 Federführung" in html
            assert "2 Praxisbeiträge" in html
            assert "Endgültig löschen" not in html
        assert Topic.objects.filter(slug="bleibt").exists()

    def test_drafts_of_other_cities_keep_it_too(self, coordinator):
        topic = make_topic()
        make_practice(topics=[topic], status="draft")
        with pytest.raises(TopicInUseError):
            delete_topic(topic=topic, by=coordinator)

    def test_deleting_twice_is_no_error(self, client):
        answer = client.post("/themen/schon-weg/loeschen/", follow=True)
        assert "Dieses Thema ist schon gelöscht." in answer.text


class TestAtTheSameTime:
    def test_the_second_is_told_shown_and_loses_nothing(self, client, coordinator):
        topic = make_topic("Alt", slug="alt")
        mine = typed(topic, name="Mein Name", summary="Mein Satz")
        topic.name = "Anderer Name"
        topic.version += 1
        save_topic(topic=topic, by=coordinator)
        answer = client.post(edit_url(topic), mine)
        assert answer.status_code == REFUSED
        assert "Inzwischen hat jemand anderes gespeichert." in answer.text
        assert "Anderer Name" in answer.text
        assert "Mein Satz" in answer.text
        again = mine | {"version": str(topic.version)}
        assert client.post(edit_url(topic), again).status_code == 302
        topic.refresh_from_db()
        assert (topic.name, topic.version) == ("Mein Name", 3)

    def test_a_topic_whose_address_changed_meanwhile_is_still_found(self, client):
        topic = make_topic("Alt", slug="alt")
        opened = edit_url(topic)
        client.post(opened, typed(topic, slug="neuer"))
        answer = client.post(opened, typed(topic, name="Anders"))
        assert "Inzwischen hat jemand anderes gespeichert." in answer.text

    def test_a_topic_deleted_meanwhile_can_be_made_anew_from_what_was_typed(self, client):
        topic = make_topic("Verschwunden", slug="verschwunden")
        mine = typed(topic, summary="Lange daran geschrieben")
        url = edit_url(topic)
        topic.delete()
        answer = client.post(url, mine)
        assert answer.status_code == GONE
        assert "Das Thema wurde inzwischen gelöscht" in answer.text
        assert "Lange daran geschrieben" in answer.text
        assert client.post(reverse("topics:create"), mine).status_code == 302
        assert Topic.objects.get().summary == "Lange daran geschrieben"

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
    def test_a_tampered_version_saves_nothing(self, client, version):
        topic = make_topic("Alt")
        answer = client.post(edit_url(topic), typed(topic, name="Neu", version=version))
        assert answer.status_code == REFUSED
        topic.refresh_from_db()
        assert topic.name == "Alt"
