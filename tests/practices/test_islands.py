"""Two cities that do the same are found and brought together once; nobody learns more than they may."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingMail
from practices.enums import Kind, RelationKind, Status, Visibility
from practices.islands.actions import DecidedMeanwhileError, bring_together, dismiss
from practices.islands.enums import IslandState
from practices.islands.finding import look_for_islands
from practices.models import Island, IslandLook, Practice, Relation
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db

ABOUT = "Baumkataster mit Drohnenflug und Bewässerungssensoren"


@pytest.fixture
def cities():
    return make_city("Landau"), make_city("Speyer")


@pytest.fixture
def pair(cities):
    topic = make_topic("Grünflächen")
    landau, speyer = cities
    one = make_practice(f"{ABOUT} in der Südstadt", city=landau, kind=Kind.PLAN, topics=[topic])
    other = make_practice(
        f"{ABOUT} am Rheinufer", city=speyer, topics=[topic], contact_email="amt@speyer.example.org"
    )
    make_practice(
        "Personalakten digital führen", topics=[make_topic("Personal")], summary="Ordner sind leer."
    )
    return one, other


@pytest.fixture
def island(pair):
    look_for_islands()
    return Island.objects.get()


@pytest.fixture
def coordinator():
    return make_coordinator(name="Kora Muster")


class TestFinding:
    def test_what_two_cities_do_is_found_once(self, pair):
        assert look_for_islands() == 1
        assert look_for_islands() == 0
        island = Island.objects.get()
        assert {island.first, island.second} == set(pair)
        assert island.likeness >= 35

    def test_nothing_is_compared_twice_until_it_changes(self, pair):
        look_for_islands()
        assert IslandLook.objects.count() == 3
        before = IslandLook.objects.get(practice=pair[0]).looked_at
        look_for_islands()
        assert IslandLook.objects.get(practice=pair[0]).looked_at == before
        pair[0].save()
        look_for_islands()
        assert IslandLook.objects.get(practice=pair[0]).looked_at > before

    def test_so_many_at_a_time(self, pair):
        look_for_islands(limit=2)
        assert IslandLook.objects.count() == 2

    @pytest.mark.parametrize(
        "change",
        [
            {"visibility": Visibility.ANONYMOUS},
            {"status": Status.ARCHIVED},
            {"kind": Kind.STOPPED, "stop_reason": "<p>Zu teuer.</p>"},
        ],
    )
    def test_what_is_hidden_or_over_is_no_island(self, pair, change):
        for name, value in change.items():
            setattr(pair[1], name, value)
        pair[1].save()
        assert look_for_islands() == 0

    def test_the_same_city_partners_and_linked_write_ups_are_no_islands(self, pair, cities):
        pair[1].partner_cities.add(cities[0])
        assert look_for_islands() == 0
        pair[1].partner_cities.clear()
        Relation.objects.create(source=pair[1], target=pair[0], kind=RelationKind.BUILDS_ON)
        IslandLook.objects.all().delete()
        assert look_for_islands() == 0


class TestBringingTogether:
    def test_both_cities_are_told_of_one_another_and_the_write_ups_linked(self, island, coordinator, pair):
        client = logged_in(coordinator)
        page = client.get("/koordination/luecken/").text
        assert f"{ABOUT} am Rheinufer" in page
        url = reverse("islands:join", args=[island.pk])
        assert url in page
        topic = make_topic("Stadtgrün")
        values = {"text": "Bitte sprechen Sie miteinander.", "topic": topic.pk, "links": "on"}
        assert "Beide Städte bekommen" in client.post(url, values, follow=True).text
        mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
        assert set(mails) == {"digitalisierung@example.org", "amt@speyer.example.org"}
        to_speyer = mails["amt@speyer.example.org"]
        for part in (
            "Bitte sprechen Sie",
            "von Landau",
            "digitalisierung@example.org",
            "„Stadtgrün“",
            "Kora Muster",
        ):
            assert part in to_speyer.text
        assert to_speyer.reply_to == "digitalisierung@example.org"
        assert Relation.objects.get().kind == RelationKind.RELATED
        page = client.get("/koordination/luecken/").text
        assert "Keine Inseln gefunden" in page
        assert "zusammengebracht" in page

    def test_it_works_without_linking(self, island, coordinator):
        bring_together(island=island, text="Hallo", topic=None, links=False, by=coordinator)
        assert not Relation.objects.exists()
        assert Island.objects.get().state == IslandState.JOINED

    @pytest.mark.parametrize("name", ["anonymous", "withdrawn", "linked", "moved"])
    def test_what_changed_meanwhile_is_told_to_nobody(self, name, island, coordinator, pair):
        client = logged_in(coordinator)
        pages = [reverse(f"islands:{page}", args=[island.pk]) for page in ("join", "dismiss")]
        assert [client.get(page).status_code for page in pages] == [200, 200]
        if name == "linked":
            Relation.objects.create(source=pair[0], target=pair[1], kind=RelationKind.RELATED)
        else:
            changes: dict[str, dict[str, Any]] = {
                "anonymous": {"visibility": Visibility.ANONYMOUS},
                "withdrawn": {"status": Status.DRAFT},
                "moved": {"city": pair[0].city},
            }
            Practice.objects.filter(pk=pair[1].pk).update(**changes[name])
        with pytest.raises(DecidedMeanwhileError):
            bring_together(island=island, text="Hallo", topic=None, links=True, by=coordinator)
        with pytest.raises(DecidedMeanwhileError):
            dismiss(island=island, reason="Andere Bäume", by=coordinator)
        for page in pages:
            for answer in (client.get(page, follow=True), client.post(page, {"text": "Hallo"}, follow=True)):
                assert "oder an den Beiträgen hat sich etwas geändert" in answer.text
        assert not OutgoingMail.objects.exists()
        assert Island.objects.get().state == IslandState.OPEN

    def test_who_comes_second_is_told_and_writes_nothing(self, island, coordinator):
        dismiss(island=island, reason="Andere Bäume", by=coordinator)
        with pytest.raises(DecidedMeanwhileError):
            bring_together(island=island, text="Hallo", topic=None, links=True, by=coordinator)
        assert not OutgoingMail.objects.exists()
        answer = logged_in(coordinator).post(
            reverse("islands:join", args=[island.pk]), {"text": "Hallo"}, follow=True
        )
        assert "Darüber ist inzwischen entschieden" in answer.text

    def test_a_dismissed_pair_does_not_come_back(self, island, coordinator, pair):
        client = logged_in(coordinator)
        url = reverse("islands:dismiss", args=[island.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        client.post(url, {"reason": "Die einen zählen, die anderen gießen."})
        pair[0].save()
        assert look_for_islands() == 0
        assert "Die einen zählen" in client.get("/koordination/luecken/").text

    def test_no_duplicate_is_taken_back_with_its_history(self, island, coordinator):
        client = logged_in(coordinator)
        dismiss(island=island, reason="Andere Bäume", by=coordinator)
        url = reverse("islands:reopen", args=[island.pk])
        assert f'action="{url}"' in client.get("/koordination/luecken/").text
        assert client.post(url)["Location"] == "/koordination/luecken/"
        assert Island.objects.open().get() == island
        shown = client.get("/koordination/luecken/").text
        assert "von Kora Muster. Die Begründung war: Andere Bäume" in shown
        assert f'action="{url}"' not in shown
        dismiss(island=island, reason="Doch nicht", by=coordinator)

    def test_what_was_brought_together_stays_so(self, island, coordinator):
        bring_together(island=island, text="Hallo", topic=None, links=False, by=coordinator)
        client, url = logged_in(coordinator), reverse("islands:reopen", args=[island.pk])
        shown = client.get("/koordination/luecken/").text
        assert "beide Städte haben eine Mail bekommen" in shown
        assert f'action="{url}"' not in shown
        assert "Darüber ist inzwischen entschieden" in client.post(url, follow=True).text
        assert Island.objects.get().state == IslandState.JOINED

    def test_an_empty_message_is_refused(self, island, coordinator):
        answer = logged_in(coordinator).post(reverse("islands:join", args=[island.pk]), {"text": " "})
        assert answer.status_code == 422
        assert not OutgoingMail.objects.exists()

    @pytest.mark.parametrize("role", ["author", "manager", "leader"])
    def test_only_the_coordination_does_it(self, island, role):
        client = logged_in(make_user(role, city=island.first.city))
        for name in ("join", "dismiss"):
            url = reverse(f"islands:{name}", args=[island.pk])
            assert client.post(url, {"text": "Hallo", "reason": "Nein"}).status_code == 403
        assert client.post(reverse("islands:reopen", args=[island.pk])).status_code == 403
        assert Island.objects.get().state == IslandState.OPEN


class TestConstraints:
    @pytest.mark.parametrize(
        ("changes", "name"),
        [
            ({"state": IslandState.DISMISSED, "decided_at": timezone.now()}, "island_dismissed_says_why"),
            ({"state": IslandState.JOINED}, "island_decided_when"),
            ({"likeness": 101}, "island_likeness_is_a_share"),
        ],
    )
    def test_half_decisions_cannot_be_stored(self, island, changes, name):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Island.objects.update(**changes)

    def test_a_pair_is_stored_once_and_in_order(self, island):
        with pytest.raises(IntegrityError, match="island_in_order"), transaction.atomic():
            Island.objects.create(first=island.second, second=island.first, likeness=50)
        with pytest.raises(IntegrityError, match="island_once"), transaction.atomic():
            Island.objects.create(first=island.first, second=island.second, likeness=50)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_gaps_costs_the_same_however_many_there_are(
    number, coordinator, cities, django_assert_num_queries
):
    for at in range(number):
        ones = [make_practice(f"{at}", city=city) for city in cities]
        Island.objects.create(first=ones[0], second=ones[1], likeness=50 + at)
    client = logged_in(coordinator)
    client.get("/koordination/luecken/")
    with django_assert_num_queries(7):
        client.get("/koordination/luecken/")
