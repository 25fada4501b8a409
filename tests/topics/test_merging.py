"""Topics are merged with all that hangs on them, split and retired; nothing is lost."""

import time

import pytest
from django.db import connection
from django.urls import reverse

from ikone.embedded_postgres import with_database
from ikone.models import SavedSearch
from notifications import undertakings
from notifications.jobs import run_waiting
from notifications.models import Undertaking
from practices.models import Practice, PracticeTopic
from search.checking import Drift, differences
from search.models import Entry, Synonym
from tests.factories import logged_in, make_city, make_leadership, make_practice, make_topic, make_user
from tests.practices.blocks.rows import make_block
from tests.support.killing import killed_while
from topics import search_entry
from topics.enums import Engagement
from topics.merging import start_merge
from topics.models import FormerTopicSlug, Leadership, Reshaping, Topic
from topics.splitting import SHOWN

MANY = 10_000
# A merge that hangs when everything has moved, until its process is killed.
HANGS = """
import time
from notifications import undertakings
from topics import merging
merge = merging.merge
def hang(work):
    merge(work)
    work.report(1, 1, "Alles umgezogen")
    time.sleep(60)
undertakings.register("topics.merge", hang)
undertakings.run({pk})
"""


pytestmark = pytest.mark.django_db


def out_of_step():
    """Entries that say something else than their things; tests make topics without entries."""
    return [one for one in differences() if one.drift != Drift.MISSING]


def url(name, topic):
    return reverse(f"topics:{name}", args=[topic.slug])


def indexed(topic):
    search_entry.refresh(topic)
    return topic


@pytest.fixture
def pair(db):
    root = make_topic("Netze", slug="netze")
    source = indexed(
        make_topic("Breitbandausbau", slug="breitbandausbau", synonyms=["Glasfaser"], parent=root)
    )
    target = indexed(make_topic("Breitband", slug="breitband"))
    return source, target


def merge_now(client, source, target):
    answer = client.post(url("merge", source), {"ziel": target.pk})
    run_waiting()
    undertaking = Undertaking.objects.latest("pk")
    assert undertaking.is_done, undertaking.error
    return answer


class TestMerging:
    @pytest.fixture(autouse=True)
    def things(self, pair):
        self.source, self.target = pair
        self.below = indexed(make_topic("FTTH", slug="ftth", parent=self.source))
        self.city = make_city("Landau")
        self.leads = make_leadership(topic=self.source, city=self.city, promise="Ein Leitfaden für alle.")
        self.twin = make_leadership(topic=self.target, city=self.city, engagement=Engagement.INTERESTED)
        self.moved = make_practice("Wo gegraben wird", topics=[self.source])
        self.both = make_practice("Beides", topics=[self.source, self.target])
        self.block = make_block("Mustervertrag", city=self.city, topic=self.source)

    def topics_of(self, practice):
        links = PracticeTopic.objects.filter(practice=practice).order_by("topic_id")
        return [(link.topic.slug, link.is_primary) for link in links]

    def test_the_preview_says_what_will_happen_and_changes_nothing(self, client):
        page = client.get(url("merge", self.source), {"ziel": self.target.pk}).text
        assert "2 Praxisbeiträge" in page
        assert "1 Baustein" in page
        assert "1 Unterthema" in page
        assert "2 davon stehen unter beiden" in page
        assert "/themen/breitbandausbau/ leitet auf /themen/breitband/ weiter" in page
        assert Topic.objects.filter(pk=self.source.pk).exists()
        assert not Undertaking.objects.exists()

    def test_everything_moves_along(self, client):
        merge_now(client, self.source, self.target)
        assert self.topics_of(self.moved) == [("breitband", True)]
        assert self.topics_of(self.both) == [("breitband", True)], "the link that stays is the primary one"
        self.block.refresh_from_db()
        assert self.block.topic == self.target
        self.below.refresh_from_db()
        assert (self.below.parent, self.below.depth) == (self.target, 2)
        part = Leadership.objects.get(city=self.city)
        assert (part.topic, part.engagement) == (self.target, Engagement.LEADS)
        assert part.promise == "Ein Leitfaden für alle."
        assert client.get("/themen/breitbandausbau/").url == "/themen/breitband/"

    def test_the_search_knows_at_once_and_nothing_is_out_of_step_afterwards(self, client):
        merge_now(client, self.source, self.target)
        entry = Entry.objects.get(object_id=self.moved.pk, source=1)
        assert entry.topics == [self.target.pk]
        self.target.refresh_from_db()
        assert self.target.synonyms == ["Breitbandausbau", "Glasfaser"]
        assert Synonym.objects.get(origin=f"topic:{self.target.pk}").terms[0] == "Breitband"
        assert not Synonym.objects.filter(origin=f"topic:{self.source.pk}").exists()
        run_waiting()
        assert out_of_step() == []

    def test_it_can_be_undone(self, client):
        merge_now(client, self.source, self.target)
        history = client.get(reverse("topics:changes")).text
        assert "Breitbandausbau → Breitband" in history
        assert "wiederherstellen" in history
        client.post(reverse("topics:undo", args=[Reshaping.objects.get().pk]))
        run_waiting()
        assert Undertaking.objects.latest("pk").is_done, Undertaking.objects.latest("pk").error
        source = Topic.objects.get(slug="breitbandausbau")
        assert (source.pk, source.synonyms, source.parent.slug) == (self.source.pk, ["Glasfaser"], "netze")
        assert self.topics_of(self.moved) == [("breitbandausbau", True)]
        assert self.topics_of(self.both) == [("breitbandausbau", True), ("breitband", False)]
        self.below.refresh_from_db()
        assert self.below.parent == source
        self.twin.refresh_from_db()
        assert self.twin.engagement == Engagement.INTERESTED
        assert Leadership.objects.get(topic=source).engagement == Engagement.LEADS
        self.target.refresh_from_db()
        assert self.target.synonyms == []
        assert not FormerTopicSlug.objects.exists()
        run_waiting()
        assert out_of_step() == []
        assert "wiederherstellen" not in client.get(reverse("topics:changes")).text

    def test_kept_searches_follow_and_come_back(self, client):
        person = make_user("author")
        kept = SavedSearch.objects.create(
            user=person, name="Netze", address="/praxis/?thema=breitbandausbau&art=practice"
        )
        other = SavedSearch.objects.create(user=person, name="Anderes", address="/praxis/?q=breitbandausbau")
        assert "1 gemerkte Suche(n)" in client.get(url("merge", self.source), {"ziel": self.target.pk}).text
        merge_now(client, self.source, self.target)
        kept.refresh_from_db()
        other.refresh_from_db()
        assert kept.address == "/praxis/?thema=breitband&art=practice"
        assert other.address == "/praxis/?q=breitbandausbau"
        client.post(reverse("topics:undo", args=[Reshaping.objects.get().pk]))
        run_waiting()
        kept.refresh_from_db()
        assert kept.address == "/praxis/?thema=breitbandausbau&art=practice"

    def test_what_was_added_meanwhile_stays_where_it_was_put(self, client):
        merge_now(client, self.source, self.target)
        new = make_practice("Später geschrieben", topics=[self.target])
        client.post(reverse("topics:undo", args=[Reshaping.objects.get().pk]))
        run_waiting()
        assert self.topics_of(new) == [("breitband", True)]

    def test_an_undo_that_has_no_room_says_so_and_leaves_all_as_it_is(self, client):
        merge_now(client, self.source, self.target)
        make_topic("Breitbandausbau", parent=self.source.parent, slug="anders")
        client.post(reverse("topics:undo", args=[Reshaping.objects.get().pk]))
        run_waiting()
        assert "inzwischen ein Thema dieses Namens" in Undertaking.objects.latest("pk").error
        assert self.topics_of(self.moved) == [("breitband", True)]

    def test_a_topic_does_not_go_into_one_below_it(self, client):
        answer = client.post(url("merge", self.source), {"ziel": self.below.pk})
        assert answer.status_code == 422
        assert "steht darunter" in answer.text
        assert not Undertaking.objects.exists()

    def test_sub_topics_of_the_same_name_stand_in_the_way(self, client):
        make_topic("FTTH", parent=self.target)
        answer = client.post(url("merge", self.source), {"ziel": self.target.pk})
        assert answer.status_code == 422
        assert "Führen Sie zuerst diese zusammen: FTTH" in answer.text

    def test_no_room_for_sub_topics_stands_in_the_way(self, client):
        middle = make_topic("Mitte", parent=self.target)
        leaf = make_topic("Blatt", parent=middle)
        answer = client.post(url("merge", self.source), {"ziel": leaf.pk})
        assert "höchstens drei Ebenen" in answer.text


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

    def test_a_cut_list_says_so(self, client, monkeypatch):
        monkeypatch.setattr("practices.topic_pieces.SHOWN", 1)
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


@pytest.mark.parametrize("role", ["author", "manager", "leader"])
def test_only_coordinators_cut_the_map(pair, role):
    source, target = pair
    city = make_city("Landau")
    make_leadership(topic=source, city=city)
    other = logged_in(make_user(role, city=city))
    for name in ("merge", "split", "retire"):
        assert other.get(url(name, source)).status_code == 403
        assert other.post(url(name, source), {"ziel": target.pk}).status_code == 403
    assert other.get(reverse("topics:changes")).status_code == 403
    reshaping = Reshaping.objects.create(
        shape="merge", source_id=1, source_name="A", target_id=target.pk, target_name="B"
    )
    assert other.post(reverse("topics:undo", args=[reshaping.pk])).status_code == 403
    assert not Undertaking.objects.exists()


def fill(source, number):
    """So many write-ups under a topic, with their entries."""
    city = make_city("Landau")
    practices = Practice.objects.bulk_create(Practice(title=f"Nr. {n}", city=city) for n in range(number))
    PracticeTopic.objects.bulk_create(
        PracticeTopic(practice=practice, topic=source, is_primary=True) for practice in practices
    )
    Entry.objects.bulk_create(
        Entry(
            source=1,
            object_id=practice.pk,
            audience=0,
            date="2026-01-01",
            confirmed_on="2026-01-01",
            topics=sorted([source.parent_id, source.pk]),
            words="",
        )
        for practice in practices
    )


@pytest.mark.django_db(transaction=True)
def test_ten_thousand_records_take_seconds_and_a_killed_worker_moves_nothing(coordinator, test_databases):
    root = make_topic("Netze")
    source, target = indexed(make_topic("Alt", parent=root)), indexed(make_topic("Neu"))
    fill(source, MANY)
    made = start_merge(source=source, target=target, by=coordinator)
    database = with_database(test_databases.url, connection.settings_dict["NAME"])

    def is_in_the_middle():
        made.refresh_from_db()
        return made.step == "Alles umgezogen"

    with killed_while(HANGS.format(pk=made.pk), database, is_in_the_middle):
        assert PracticeTopic.objects.filter(topic=source).count() == MANY, "nobody sees what is not done"
    assert PracticeTopic.objects.filter(topic=source).count() == MANY
    assert Topic.objects.filter(pk=source.pk).exists()
    assert Entry.objects.filter(topics__contains=[source.pk]).count() == MANY + 1
    assert not Reshaping.objects.exists()

    begun = time.monotonic()
    for _try in range(100):  # the server needs a moment to notice that the other is gone
        from_now = time.monotonic()
        undertakings.run(made.pk)
        made.refresh_from_db()
        if made.is_done:
            break
        begun = from_now
        time.sleep(0.1)
    assert made.is_done, made.error
    assert time.monotonic() - begun < 30
    assert PracticeTopic.objects.filter(topic=target).count() == MANY
    assert not Topic.objects.filter(pk=source.pk).exists()
    assert Entry.objects.filter(topics__contains=[target.pk]).count() == MANY + 1
