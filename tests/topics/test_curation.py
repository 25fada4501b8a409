"""Coordinators keep the map."""

import pytest
from django.urls import reverse

from tests.factories import make_leadership, make_practice, make_topic
from tests.topics.forms import edit_url, typed
from topics.actions import TopicInUseError, delete_topic, save_topic
from topics.models import FormerTopicSlug, Topic

pytestmark = pytest.mark.django_db

GONE = 410
REFUSED = 422


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
    assert answer["Cache-Control"] == "no-cache", "browsers would keep it after the address is taken again"
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
        ("name", "", "Bitte ausfüllen."),
        ("name", "x" * 81, "Höchstens 80 Zeichen"),
        ("name", "Null\x00", "Nullzeichen sind nicht erlaubt."),
        ("name", "ANDERES", "Ein Thema mit diesem Namen gibt es an dieser Stelle schon."),
        ("slug", "anderes", "Diese Adresse hat schon ein anderes Thema."),
        ("slug", "matrix", "Diese Adresse braucht das Portal selbst."),
        ("slug", "frueher", "Unter dieser Adresse war früher „Anderes“ zu finden"),
        ("slug", "ä/b", "Bitte nur Buchstaben, Ziffern"),
        ("slug", "a" * 101, "Höchstens 100 Zeichen"),
        ("summary", "x" * 281, "Höchstens 280 Zeichen"),
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


def test_a_taken_name_is_told_at_the_name_when_no_address_was_typed(client):
    make_topic("Breitband", slug="breitband")
    elsewhere = make_topic("Wurzel")
    answer = client.post(reverse("topics:create"), typed(name="Breitband", parent=str(elsewhere.pk)))
    assert answer.context["form"].errors == {"name": ["Ein Thema mit diesem Namen gibt es schon."]}


def test_html_in_the_description_is_sanitised(client):
    client.post(
        reverse("topics:create"), typed(description="<p onclick='x()'>Gut</p><script>böse()</script>")
    )
    assert "script" not in Topic.objects.get().description
    assert "onclick" not in Topic.objects.get().description


def test_a_name_without_latin_letters_needs_an_address(client):
    answer = client.post(reverse("topics:create"), typed(name="!!!"))
    assert "Bitte geben Sie eine Adresse an" in answer.context["form"].errors["slug"][0]


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
            assert "1 Unterthema" in html
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


@pytest.mark.parametrize("parent", ["x", "1.5", "1\x00", "9" * 30])
def test_a_tampered_parent_is_told_also_when_somebody_saved_meanwhile(client, parent):
    topic = make_topic("Breitband", slug="breitband")
    answer = client.post(edit_url(topic), typed(topic, parent=parent, version="0"))
    assert answer.status_code == REFUSED
    assert "parent" in answer.context["form"].errors
