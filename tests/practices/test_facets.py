"""Facets with several values each: Themenfelder, kinds of building blocks, taken over by other cities."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from ikone import api
from practices import search_entry
from practices.blocks import actions
from practices.blocks.enums import BlockKind, BlockVisibility
from practices.enums import Visibility
from practices.facets import Facets
from practices.models import Practice
from search import entries
from search.checking import differences
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.blocks.rows import make_block
from topics.models import Topic
from topics.tree import SERVICE_ROOT, TopicTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    api.COUNTS.clear()
    return Client()


@pytest.fixture
def member() -> Client:
    return logged_in(make_user("author"))


def titles(client: Client, query: str) -> set[str]:
    return {card.title for card in client.get(f"/praxis/{query}").context["cards"]}


def numbers(client: Client, facet: str, query: str = "") -> dict[str, int | None]:
    facets = {each.name: each for each in client.get(f"/praxis/{query}").context["facets"]}
    return {choice.value: choice.count for choice in facets[facet].choices} if facet in facets else {}


@pytest.fixture
def fields() -> dict[str, Topic]:
    root = make_topic("Onlinezugangsgesetz", slug=SERVICE_ROOT)
    return {slug: make_topic(slug.title(), slug=slug, parent=root) for slug in ("bauen", "bildung")}


def test_themenfelder_are_a_filter_beside_the_topics(visitor: Client, fields: dict[str, Topic]) -> None:
    other = make_topic("Anderes", slug="anderes")
    make_practice("Bauantrag", topics=[other, fields["bauen"]], kind="practice")
    make_practice("Baulotse", topics=[fields["bauen"]], kind="lesson")
    make_practice("Schulportal", topics=[other, fields["bildung"]])
    make_practice("Laternen", topics=[other])
    assert [field.slug for field in TopicTree.load().service_fields] == ["bauen", "bildung"]
    assert numbers(visitor, "themenfeld") == {"bauen": 2, "bildung": 1}
    for words in ("", "&q=Baulotse+Bauantrag+Schulportal+Laternen"):
        assert titles(visitor, f"?themenfeld=bauen{words}") == {"Bauantrag", "Baulotse"}
        assert titles(visitor, f"?themenfeld=bauen&themenfeld=bildung&thema=anderes{words}") == {
            "Bauantrag",
            "Schulportal",
        }
        # As if the own filter were open, and narrowed by all others.
        assert numbers(visitor, "themenfeld", f"?themenfeld=bauen{words}") == {"bauen": 2, "bildung": 1}
        assert numbers(visitor, "themenfeld", f"?thema=anderes{words}") == {"bauen": 1, "bildung": 1}
        assert numbers(visitor, "themenfeld", f"?art=lesson{words}") == {"bauen": 1}
        assert numbers(visitor, "thema", f"?themenfeld=bauen{words}") == {SERVICE_ROOT: 2, "anderes": 1}
        assert numbers(visitor, "art", f"?themenfeld=bauen{words}")["lesson"] == 1
    page = visitor.get("/praxis/?themenfeld=bauen&art=lesson").content.decode()
    assert 'href="/praxis/?art=lesson"' in page, "the chosen Themenfeld can be taken out"
    answer = visitor.get("/api/v1/practices?service_field=bauen&topic=anderes").json()
    assert [row["title"] for row in answer["results"]] == ["Bauantrag"]
    assert {row["value"]: row["count"] for row in answer["facets"]["service_field"]} == {
        "bauen": 1,
        "bildung": 1,
    }


def test_without_themenfelder_there_is_no_such_filter(visitor: Client) -> None:
    make_practice("Laternen")
    assert numbers(visitor, "themenfeld") == {}
    text = visitor.get("/praxis/?themenfeld=bauen").content.decode()
    assert "Das Themenfeld „bauen“ gibt es nicht." in text
    assert "Laternen" in text


def use(practice: Practice, **fields: Any) -> None:
    actions.use(block=make_block(**fields), practice=practice, by=make_user("manager"))


def test_write_ups_are_found_by_the_kinds_of_their_blocks(visitor: Client) -> None:
    topic = make_topic("Licht", slug="licht")
    guided, tendered = (make_practice(title, topics=[topic]) for title in ("Mit Leitfaden", "Mit beidem"))
    make_practice("Ohne Baustein")
    use(guided, kind="guide")
    use(tendered, kind="guide")
    use(tendered, kind="tender")
    assert numbers(visitor, "baustein") == {"guide": 2, "tender": 1}
    for words in ("", "&q=Leitfaden+beidem+Baustein"):
        assert titles(visitor, f"?baustein=tender{words}") == {"Mit beidem"}
        assert titles(visitor, f"?baustein=tender&baustein=guide{words}") == {"Mit Leitfaden", "Mit beidem"}
        assert numbers(visitor, "baustein", f"?baustein=tender{words}") == {"guide": 2, "tender": 1}
        assert numbers(visitor, "thema", f"?baustein=tender{words}") == {"licht": 1}
        assert numbers(visitor, "baustein", f"?thema=licht{words}") == {"guide": 2, "tender": 1}
    answer = visitor.get("/api/v1/practices?block_kind=tender").json()
    assert [row["title"] for row in answer["results"]] == ["Mit beidem"]
    assert answer["facets"]["block_kind"] == [
        {"value": "guide", "count": 2},
        {"value": "tender", "count": 1},
    ]


def test_a_block_tells_nobody_more_than_its_pages_do(visitor: Client, member: Client) -> None:
    open_one, shared = make_practice("Offen"), make_practice("Geteilt", visibility=Visibility.NETWORK)
    city = make_city("Verratstadt")
    nameless = make_practice("Namenlos", city=city, visibility=Visibility.ANONYMOUS)
    for practice in (open_one, shared):
        use(practice, kind="contract", visibility=BlockVisibility.NETWORK)
        use(practice, kind="code", status="draft")
    use(nameless, kind="training", city=city)
    assert numbers(visitor, "baustein") == {}
    assert titles(visitor, "?baustein=contract") == set()
    assert numbers(member, "baustein") == {"contract": 1}
    assert titles(member, "?baustein=contract") == {"Geteilt"}


def test_entries_follow_what_happens_to_a_block(visitor: Client) -> None:
    manager = make_user("manager")
    practice, block = make_practice("Laternen"), make_block(kind="guide", status="draft")
    actions.use(block=block, practice=practice, by=manager)
    assert numbers(visitor, "baustein") == {}
    actions.publish(block=block, by=manager)
    assert numbers(visitor, "baustein") == {"guide": 1}
    block.refresh_from_db()
    block.kind = BlockKind.TENDER
    actions.save(block=block, by=manager, fields=["kind"])
    assert numbers(visitor, "baustein") == {"tender": 1}
    actions.retire(block=block, by=manager)
    assert numbers(visitor, "baustein") == {}
    actions.publish(block=block, by=manager)
    actions.stop_using(block=block, practice=practice, by=manager)
    assert numbers(visitor, "baustein") == {}
    assert not [each for each in differences() if each.source.name in {"practices", "blocks"}]


def take_over(practice: Practice, uses: int) -> None:
    """The entry as adoptions by so many cities make it."""
    (entry,) = search_entry.entries_of([practice.pk])
    packed = Facets(practice.kind, practice.phase, practice.city.state, practice.city.size_class)
    entries.enter([replace(entry, uses=uses, facets=packed._replace(is_adopted=uses > 0).pack())])


def test_adopted_ones_are_a_filter_and_an_order_once_there_are_some(visitor: Client) -> None:
    first, second, _third = (make_practice(f"Laterne {number}") for number in range(3))
    labels = [sort["label"] for sort in visitor.get("/praxis/").context["sorts"]]
    assert "Am meisten übernommen" not in labels
    assert numbers(visitor, "uebernommen") == {}
    take_over(first, 5)
    take_over(second, 2)
    for words in ("?", "?q=Laterne&"):
        page = visitor.get(f"/praxis/{words}art=practice")
        assert "Am meisten übernommen" in [sort["label"] for sort in page.context["sorts"]]
        assert numbers(visitor, "uebernommen", f"{words}art=practice") == {"ja": 2}
        assert titles(visitor, f"{words}uebernommen=ja") == {"Laterne 0", "Laterne 1"}
        ordered = visitor.get(f"/praxis/{words}sortierung=uebernommen").context["cards"]
        assert [card.title for card in ordered] == ["Laterne 0", "Laterne 1", "Laterne 2"]
    answer = visitor.get("/api/v1/practices?adopted=true&sort=adopted").json()
    assert [row["title"] for row in answer["results"]] == ["Laterne 0", "Laterne 1"]
    assert answer["facets"]["adopted"] == [{"value": "ja", "count": 2}]


def test_the_tab_of_blocks_has_their_kinds_as_links(visitor: Client) -> None:
    make_block("Leitfaden Laternen", kind="guide")
    make_block("Vergabe Laternen", kind="tender")
    make_practice("Laternen")
    page = visitor.get("/suche/?q=Laternen&bereich=bausteine")
    links = {link.label: link for link in page.context["block_kinds"]}
    assert {label: link.count for label, link in links.items()} == {"Leitfaden": 1, "Ausschreibungstext": 1}
    chosen = visitor.get(links["Ausschreibungstext"].url)
    assert [str(found.title) for found in chosen.context["found"]] == ["Vergabe <mark>Laternen</mark>"]
    links = {link.label: link for link in chosen.context["block_kinds"]}
    assert (links["Leitfaden"].count, links["Ausschreibungstext"].is_current) == (1, True)
    assert "baustein=" not in links["Ausschreibungstext"].url, "chosen once more it is taken out"
    assert "baustein=" not in chosen.context["tabs"][0].url
    assert visitor.get("/suche/?q=Laternen&baustein=tender").context["page"].total == 3
    answer = visitor.get("/api/v1/search?q=Laternen&block_kind=tender").json()
    assert (answer["count"], answer["by_block_kind"]) == (1, {"guide": 1, "tender": 1})


def test_numbers_of_the_topic_map_lead_to_as_many_write_ups(client: Client) -> None:
    root = make_topic("Netze")
    topic = make_topic("Breitband", parent=root)
    taken, trier = make_practice("Eins", topics=[topic]), make_city("Trier")
    make_practice("Zwei", topics=[topic])
    for city in (trier, make_city("Speyer")):
        adopt(taken, city=city, confirmed=True)
    page = client.get("/themen/").text
    for query, words, number in (
        (f"?thema={root.slug}", "2 Beiträge", 2),
        (f"?thema={topic.slug}&amp;uebernommen=ja", "1 davon übernommen", 1),
    ):
        assert f'href="/praxis/{query}">{words}<' in page
        assert client.get(f"/praxis/{query.replace('&amp;', '&')}").context["answer"].total == number
