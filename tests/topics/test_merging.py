"""Topics are merged with all that hangs on them; nothing is lost and it can be undone."""

import pytest
from django.db import connection
from django.urls import reverse

from ikone.models import SavedSearch
from notifications.jobs import run_waiting
from notifications.models import Undertaking
from practices.collecting import actions as collecting
from practices.models import CollectionItem, PracticeTopic
from practices.models.collecting import MOST_ITEMS
from search.models import Entry, Synonym
from tests.factories import logged_in, make_city, make_leadership, make_practice, make_topic, make_user
from tests.practices.blocks.rows import make_block
from tests.topics.reshaping import indexed, out_of_step, url
from topics.enums import Engagement
from topics.models import FormerTopicSlug, Leadership, Reshaping, Topic

pytestmark = pytest.mark.django_db


def undo_now(client):
    client.post(reverse("topics:undo", args=[Reshaping.objects.get().pk]))
    run_waiting()
    undertaking = Undertaking.objects.latest("pk")
    assert undertaking.is_done, undertaking.error
    return undertaking.result["text"]


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
        assert source.parent
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
        history = client.get(reverse("topics:changes"))
        assert "wiederherstellen" not in history.text
        told = [one.what for one in history.context["changes"] if one.subject == "Breitbandausbau"]
        assert told == ["Thema wiederhergestellt", "Thema entfernt", "Thema angelegt"]

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

    def test_what_people_changed_since_is_not_written_over(self, client):
        merge_now(client, self.source, self.target)
        self.twin.refresh_from_db()
        self.twin.promise, self.twin.version = "Zwei Leitfäden für alle.", self.twin.version + 1
        self.twin.save()
        assert "1 Eintrag ließ sich nicht zurückholen." in undo_now(client)
        edited = Leadership.objects.get(pk=self.twin.pk)
        assert (edited.promise, edited.engagement) == ("Zwei Leitfäden für alle.", Engagement.LEADS)
        assert edited.version == self.twin.version, "whoever has the form open is told of no change"
        back = Leadership.objects.get(topic__slug="breitbandausbau")
        assert (back.promise, back.engagement) == ("Ein Leitfaden für alle.", Engagement.LEADS)

    def test_a_form_opened_before_the_undo_does_not_fit_after_it(self, client):
        first = self.twin.version
        merge_now(client, self.source, self.target)
        assert "nicht zurückholen" not in undo_now(client)
        self.twin.refresh_from_db()
        assert (self.twin.engagement, self.twin.version) == (Engagement.INTERESTED, first + 2)

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


class TestCollections:
    """What several people keep in order: places are taken again while a topic is away."""

    @pytest.fixture(autouse=True)
    def kept(self, pair):
        self.source, self.target = pair
        self.owner = make_user("author")
        self.collection = collecting.begin(title="Für den Rat", by=self.owner)
        for thing in (self.source, make_practice("Leerrohre"), self.target):
            collecting.keep(thing=thing, collection=self.collection, by=self.owner)

    def places(self):
        # Places may stand twice until a transaction ends; here it goes on, so look as its end would.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return [str(item.practice or item.topic) for item in self.collection.items.order_by("position")]

    def test_the_topic_comes_back_to_its_place(self, client):
        merge_now(client, self.source, self.target)
        assert self.places() == ["Leerrohre", "Breitband"]
        undo_now(client)
        assert self.places() == ["Breitbandausbau", "Leerrohre", "Breitband"]

    def test_where_others_have_moved_up_it_comes_back_at_the_end(self, client):
        merge_now(client, self.source, self.target)
        collecting.keep(thing=make_practice("Später"), collection=self.collection, by=self.owner)
        assert "nicht zurückholen" not in undo_now(client)
        assert self.places() == ["Leerrohre", "Breitband", "Später", "Breitbandausbau"]

    def test_a_full_collection_keeps_what_it_has_and_the_loss_is_said(self, client):
        merge_now(client, self.source, self.target)
        last = self.collection.items.latest("position")
        collecting.keep(thing=make_practice("Später"), collection=self.collection, by=self.owner)
        CollectionItem.objects.filter(pk=last.pk).update(position=MOST_ITEMS - 1)
        CollectionItem.objects.filter(practice__title="Leerrohre").update(position=0)
        assert "1 Eintrag ließ sich nicht zurückholen." in undo_now(client)
        assert self.places() == ["Leerrohre", "Später", "Breitband"]


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
