"""Finding building blocks, and what stays hidden from whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.blocks.enums import MARKS, BlockKind, BlockStatus, BlockVisibility
from practices.blocks.listing import PAGE_SIZE
from practices.enums import Status, Visibility
from practices.models import BuildingBlock
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.blocks.rows import add_file, make_block

pytestmark = pytest.mark.django_db
SECRET = "Geheimnisbaustein"


@pytest.fixture
def city() -> City:
    return make_city("Geheimnisstadt")


def people_of(city: City) -> dict[str, User | None]:
    return {
        "visitor": None,
        "stranger": make_user("manager"),
        "own": make_user("author", city=city),
        "coordinator": make_coordinator(),
    }


def titles(response: Any) -> list[str]:
    return [block.title for block in response.context["blocks"]]


def numbers(response: Any, name: str) -> dict[str, int]:
    facet = next(facet for facet in response.context["facets"] if facet.name == name)
    return {choice.value: choice.count for choice in facet.choices}


@pytest.mark.parametrize(
    ("status", "visibility", "readers", "is_listed"),
    [
        (BlockStatus.PUBLISHED, BlockVisibility.PUBLIC, {"visitor", "stranger", "own", "coordinator"}, True),
        (BlockStatus.RETIRED, BlockVisibility.PUBLIC, {"visitor", "stranger", "own", "coordinator"}, False),
        (BlockStatus.PUBLISHED, BlockVisibility.NETWORK, {"stranger", "own", "coordinator"}, True),
        (BlockStatus.DRAFT, BlockVisibility.PUBLIC, {"own", "coordinator"}, False),
    ],
)
def test_only_who_may_see_a_block_finds_it_counts_it_and_gets_its_files(
    city: City, status: BlockStatus, visibility: BlockVisibility, readers: set[str], is_listed: bool
) -> None:
    topic = make_topic()
    practice = make_practice(topics=[topic])
    block = make_block(
        SECRET, city=city, topic=topic, status=status, visibility=visibility, practice=practice
    )
    part = add_file(block)
    for name, person in people_of(city).items():
        client, sees = logged_in(person), name in readers
        assert client.get(block.get_absolute_url()).status_code == (200 if sees else 404), name
        response: Any = client.get(part.address)
        assert response.status_code == (200 if sees else 404), name
        response.getvalue()
        for page in (practice.get_absolute_url(), topic.get_absolute_url(), city.get_absolute_url()):
            shown = SECRET in client.get(page).content.decode()
            assert shown == (sees and (is_listed or page == practice.get_absolute_url())), (name, page)
        listed = client.get("/bausteine/")
        assert (SECRET in listed.content.decode()) == (sees and is_listed), name
        assert listed.context["page"].total == (sees and is_listed)
        assert numbers(listed, "art").get("guide", 0) == (sees and is_listed)
    for person, is_own in ((people_of(city)["own"], True), (people_of(city)["stranger"], False)):
        assert (SECRET in logged_in(person).get("/bausteine/meine/").content.decode()) == is_own


def test_network_blocks_are_not_found_by_visitors_in_the_search(city: City) -> None:
    make_block(SECRET, city=city, visibility=BlockVisibility.NETWORK)
    make_block("Offen")
    assert Entry.objects.get(source=4, audience=1).city_id == city.pk
    assert sorted(MARKS.values()) == list(range(1, len(BlockKind) + 1))
    before = sorted(Entry.objects.filter(source=4).values_list("object_id", "audience"))
    call_command("reindex", verbosity=0)
    assert sorted(Entry.objects.filter(source=4).values_list("object_id", "audience")) == before


def test_only_its_makers_and_managers_change_a_block(city: City) -> None:
    author = make_user("author", city=city)
    block = make_block(SECRET, city=city, created_by=author)
    version, part = block.versions.get(), add_file(block)
    addresses = {
        f"/bausteine/{block.pk}/bearbeiten/": {"author", "manager", "coordinator"},
        f"/bausteine/{block.pk}/fassungen/neu/": {"author", "manager", "coordinator"},
        f"/bausteine/{block.pk}/fassungen/{version.pk}/": {"author", "manager", "coordinator"},
        f"/bausteine/{block.pk}/ausser-dienst/": {"manager", "coordinator"},
        f"/bausteine/{block.pk}/loeschen/": {"manager", "coordinator"},
    }
    people = {
        "author": author,
        "colleague": make_user("author", city=city),
        "manager": make_user("manager", city=city),
        "stranger": make_user("manager"),
        "coordinator": make_coordinator(),
    }
    for name, person in people.items():
        for address, allowed in addresses.items():
            expected = 200 if name in allowed else 403
            assert logged_in(person).get(address).status_code == expected, (name, address)
    stranger = logged_in(people["stranger"])
    for address in ("veroeffentlichen/", f"dateien/{part.pk}/entfernen/"):
        assert stranger.post(f"/bausteine/{block.pk}/{address}").status_code == 403
    assert version.parts.exists()


def test_a_part_is_not_to_be_had_through_another_block() -> None:
    hidden = add_file(make_block(status=BlockStatus.DRAFT))
    open_block = make_block("Offen")
    assert logged_in(None).get(f"/bausteine/{open_block.pk}/dateien/{hidden.pk}/").status_code == 404


def test_blocks_do_not_betray_an_anonymous_write_up(city: City) -> None:
    practice = make_practice("Namenlos", city=city, visibility=Visibility.ANONYMOUS)
    own = make_block("Eigener", city=city, practice=practice)
    other = make_block("Fremder", practice=practice)
    for name, person in people_of(city).items():
        if name == "visitor":
            continue
        client, knows = logged_in(person), name != "stranger"
        page = client.get(practice.get_absolute_url()).content.decode()
        assert ("Eigener" in page) == knows
        assert "Fremder" in page
        assert ("Namenlos" in client.get(own.get_absolute_url()).content.decode()) == knows
        shown = client.get(other.get_absolute_url()).content.decode()
        assert "Namenlos" in shown
        assert ("Geheimnisstadt" in shown) == knows


def test_filters_narrow_the_list_and_count_exactly() -> None:
    root = make_topic("Beteiligung", slug="beteiligung")
    below = make_topic("Portal", slug="portal", parent=root)
    trier = make_city("Trier", slug="trier")
    make_block("Eins", topic=below, city=trier)
    make_block("Zwei", topic=root, kind="tender", licence="eupl-1.2")
    make_block("Drei", kind="tender", description="<p>Ausschreibungen für Glasfaser</p>")
    visitor = logged_in(None)

    def ask(**query: Any) -> Any:
        return visitor.get("/bausteine/", query)

    assert titles(ask()) == ["Drei", "Zwei", "Eins"]
    assert titles(ask(thema="beteiligung")) == ["Zwei", "Eins"]
    assert titles(ask(thema="portal")) == ["Eins"]
    assert titles(ask(stadt="trier")) == ["Eins"]
    assert titles(ask(q="Ausschreibung")) == ["Drei"]
    assert titles(ask(art=["tender", "guide"], lizenz="eupl-1.2")) == ["Zwei"]
    narrowed = ask(art="tender")
    assert narrowed.context["page"].total == 2
    assert numbers(narrowed, "art") == {"guide": 1, "tender": 2}
    assert numbers(narrowed, "lizenz") == {"cc-by-4.0": 1, "eupl-1.2": 1}
    assert numbers(narrowed, "thema")["beteiligung"] == 1
    assert numbers(ask(), "thema")["beteiligung"] == 2
    assert "Dazu gibt es noch keinen Baustein" in ask(q="Straßenbahn").content.decode()


def test_pages_lead_on_and_back() -> None:
    topic, city = make_topic(), make_city()
    for number in range(PAGE_SIZE + 1):
        make_block(f"Baustein {number}", topic=topic, city=city)
    visitor = logged_in(None)
    first = visitor.get("/bausteine/")
    assert len(titles(first)) == PAGE_SIZE
    second = visitor.get(f"/bausteine/?{first.context['page'].next_query(first.wsgi_request.GET)}")
    assert titles(second) == ["Baustein 0"]
    back = visitor.get(f"/bausteine/?{second.context['page'].previous_query(second.wsgi_request.GET)}")
    assert titles(back) == titles(first)


@pytest.mark.parametrize("number", [1, 12])
def test_pages_cost_the_same_for_one_and_for_many(
    city: City, number: int, django_assert_max_num_queries: Any
) -> None:
    topic, practice = make_topic(), make_practice(city=city)
    for count in range(number):
        block = make_block(f"Baustein {count}", topic=topic, city=city, practice=practice)
        add_file(block, f"Text {count}")
        make_practice(city=city).block_uses.create(block=block)
    clients: list[tuple[Client, int]] = [
        (logged_in(None), 5),
        (logged_in(make_user("manager", city=city)), 8),
    ]
    for client, most in clients:
        client.get("/bausteine/")
        for url in ("/bausteine/", block.get_absolute_url(), practice.get_absolute_url()):
            with django_assert_max_num_queries(most, info=url):
                client.get(url)
    for url in (f"/praxis/{practice.pk}/bausteine/", "/bausteine/meine/"):
        with django_assert_max_num_queries(8, info=url):
            clients[1][0].get(url)


def test_an_existing_block_is_named_by_title_address_or_number(city: City) -> None:
    author = make_user("author", city=city)
    client = logged_in(author)
    block = make_block("Leitfaden E-Akte", city=make_city("Trier"))
    for text in (
        "leitfaden e-akte",
        "E-Akte",
        "Leitfaden E-Akte (Trier)",
        f"https://testserver{block.get_absolute_url()}",
        f"#{block.pk}",
    ):
        practice = make_practice(city=city, created_by=author)
        for _twice in range(2):
            response = client.post(f"/praxis/{practice.pk}/bausteine/", {"block": text})
            assert response.status_code == 302, text
        assert practice.building_blocks.get() == block
    assert "Leitfaden E-Akte (Trier)" in client.get("/bausteine/vorschlaege/?block=akte").content.decode()
    make_block("Leitfaden E-Akte", city=make_city("Landau"))
    response = client.post(f"/praxis/{practice.pk}/bausteine/", {"block": "E-Akte"})
    assert "Damit sind mehrere gemeint" in response.context["form"].errors["block"][0]
    client.post(f"/praxis/{practice.pk}/bausteine/{block.pk}/entfernen/")
    assert not practice.building_blocks.exists()


def test_a_block_leads_back_to_a_draft_of_the_own_city_alone(city: City) -> None:
    block = make_block()
    draft, archived = (
        make_practice(f"Beitrag {status}", city=city, status=status)
        for status in (Status.DRAFT, Status.ARCHIVED)
    )
    for practice in (draft, archived):
        practice.block_uses.create(block=block)
    reading = {
        name: logged_in(person).get(block.get_absolute_url()).content.decode()
        for name, person in people_of(city).items()
    }
    assert {name for name, page in reading.items() if draft.title in page} == {"own", "coordinator"}
    assert "· Entwurf" in reading["own"]
    assert not any(archived.title in page for page in reading.values())


def test_others_blocks_cannot_be_put_into_or_taken_from_a_foreign_write_up(city: City) -> None:
    practice = make_practice(city=city)
    block = make_block(practice=practice)
    hidden = make_block("Verborgen", status=BlockStatus.DRAFT)
    stranger = logged_in(make_user("manager"))
    assert stranger.post(f"/praxis/{practice.pk}/bausteine/", {"block": f"#{block.pk}"}).status_code == 403
    assert stranger.post(f"/praxis/{practice.pk}/bausteine/{block.pk}/entfernen/").status_code == 403
    assert stranger.get(f"/bausteine/neu/?beitrag={practice.pk}").status_code == 403
    own = logged_in(make_user("manager", city=city))
    response = own.post(f"/praxis/{practice.pk}/bausteine/", {"block": f"#{hidden.pk}"})
    assert "gibt es nicht" in response.context["form"].errors["block"][0]
    assert list(practice.building_blocks.all()) == [block]
    assert BuildingBlock.objects.count() == 2


def test_the_coordination_reads_whose_blocks_it_sees(city: City) -> None:
    make_block("Vertrag", city=city)
    for person, heading in (
        (make_coordinator(), "Bausteine aller Städte"),
        (make_user("author", city=city), "Bausteine meiner Stadt"),
    ):
        client = logged_in(person)
        for address in ("/mein/", "/bausteine/meine/"):
            assert heading in client.get(address).content.decode()
