"""The list of write-ups: filters with exact counts, in any combination, at any depth."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cities.enums import SizeClass
from practices import facets
from practices.enums import Kind, Phase
from tests.factories import logged_in, make_city, make_topic, make_user
from tests.practices.write_ups import published
from topics.models import FormerTopicSlug

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return logged_in(None)


def titles(client: Client, query: str = "") -> list[str]:
    return [card.title for card in client.get(f"/praxis/{query}").context["cards"]]


def count(client: Client, facet: int, value: str, query: str = "") -> int | None:
    choices = client.get(f"/praxis/{query}").context["facets"][facet].choices
    return next((choice.count for choice in choices if choice.value == value), None)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(("state", "size", "cost"), [("", None, 0), ("16", SizeClass.LARGE_CITY, 4)])
def test_facets_survive_packing(
    kind: Kind, phase: Phase, state: str, size: SizeClass | None, cost: int
) -> None:
    packed = facets.Facets(kind, phase, state, size, cost, is_checked=True).pack()
    assert facets.unpack(packed) == {
        "kind": facets.KIND_CODES[kind],
        "phase": facets.PHASE_CODES[phase],
        "state": int(state or 0),
        "size": facets.SIZE_CODES[size] if size else 0,
        "cost": cost,
        "checked": 1,
        "adopted": 0,
    }


def test_newest_come_first_and_confirmed_ones_on_demand(visitor: Client) -> None:
    now = timezone.now()
    published("Alt", published_at=now - dt.timedelta(days=9), confirmed_on=now.date())
    published("Neu", published_at=now, confirmed_on=now.date() - dt.timedelta(days=99))
    assert titles(visitor) == ["Neu", "Alt"]
    assert titles(visitor, "?sortierung=bestaetigt") == ["Alt", "Neu"]


def test_filters_narrow_and_their_values_widen(visitor: Client) -> None:
    published("A", kind="practice", phase="live")
    published("B", kind="lesson", phase="ended")
    published("C", kind="stopped", phase="ended")
    assert sorted(titles(visitor, "?art=practice&art=lesson")) == ["A", "B"]
    assert sorted(titles(visitor, "?stand=ended")) == ["B", "C"]
    assert titles(visitor, "?art=lesson&stand=ended") == ["B"]
    assert count(visitor, 1, "lesson", "?art=practice") == 1
    assert count(visitor, 1, "practice", "?stand=ended") == 0
    assert count(visitor, 2, "ended", "?art=lesson") == 1


def test_topic_stands_for_all_below_it_and_opens(visitor: Client) -> None:
    root = make_topic("Wurzel", slug="wurzel")
    leaf = make_topic("Blatt", slug="blatt", parent=root)
    other = make_topic("Anderes", slug="anderes")
    published("Unten", topics=[leaf])
    published("Woanders", topics=[other])
    assert count(visitor, 0, "wurzel") == 1
    assert count(visitor, 0, "blatt") is None
    assert titles(visitor, "?thema=wurzel") == ["Unten"]
    assert count(visitor, 0, "blatt", "?thema=wurzel") == 1
    assert sorted(titles(visitor, "?thema=blatt&thema=anderes")) == ["Unten", "Woanders"]


def test_former_address_of_a_topic_leads_to_the_new_one(visitor: Client) -> None:
    topic = make_topic("Neu", slug="neues-thema")
    FormerTopicSlug.objects.create(slug="altes-thema", topic=topic)
    response = visitor.get("/praxis/?thema=altes-thema&art=practice")
    assert response.headers["Location"] == "/praxis/?thema=neues-thema&art=practice"


def test_city_is_typed_in_any_spelling(visitor: Client) -> None:
    published("In Wörth", city=make_city("Wörth am Rhein", slug="woerth-am-rhein"))
    published("In Trier", city=make_city("Trier", slug="trier"))
    for text in ("woerth-am-rhein", "W%C3%B6rth am Rhein", "Woerth am Rhein"):
        assert titles(visitor, f"?stadt={text}") == ["In Wörth"]
    response = visitor.get("/praxis/?stadt=w%C3%B6rth&art=practice")
    assert response.headers["Location"] == "/praxis/?stadt=woerth-am-rhein&art=practice"


def test_city_that_could_be_several_is_asked_for(visitor: Client) -> None:
    make_city("Neustadt am Meer", slug="neustadt-am-meer")
    make_city("Neustadt am Berg", slug="neustadt-am-berg")
    page = visitor.get("/praxis/?stadt=neustadt").content.decode()
    assert "Welche Stadt meinen Sie?" in page
    assert "?stadt=neustadt-am-berg" in page


def test_unknown_city_finds_nothing_and_says_so(visitor: Client) -> None:
    published("Da")
    page = visitor.get("/praxis/?stadt=Atlantis")
    assert page.context["page"].total == 0
    assert "Diese Stadt kennen wir nicht" in page.content.decode()


def test_suggestions_come_while_typing(visitor: Client) -> None:
    make_city("Wörth am Rhein")
    assert "Wörth am Rhein" in visitor.get("/praxis/staedte/?stadt=woer").content.decode()
    assert "option" not in visitor.get("/praxis/staedte/?stadt=").content.decode()


def test_words_find_inflected_forms_and_title_hits_first(visitor: Client) -> None:
    published("Etwas anderes", solution="<p>Dort stehen auch Laternen.</p>")
    published("Laternen", published_at=timezone.now() - dt.timedelta(days=9))
    assert titles(visitor, "?q=Laterne") == ["Laternen", "Etwas anderes"]
    assert titles(visitor, "?q=Laterne&sortierung=neu") == ["Etwas anderes", "Laternen"]


def test_wrong_filters_are_named_and_the_others_hold(visitor: Client) -> None:
    published("A", kind="practice")
    published("B", kind="lesson")
    page = visitor.get("/praxis/?art=practice&art=gedicht&thema=gibts-nicht&sortierung=egal")
    text = page.content.decode()
    assert [card.title for card in page.context["cards"]] == ["A"]
    for message in ("„gedicht“ ist keine Art", "gibts-nicht", "„egal“ ist keine Sortierung"):
        assert message in text


def test_pages_hold_every_write_up_once_both_ways(visitor: Client) -> None:
    for number in range(45):
        published(f"Nr. {number}")
    url, forward = "/praxis/", []
    while True:
        response = visitor.get(url)
        page = response.context["page"]
        forward.append([card.title for card in response.context["cards"]])
        if not page.has_next:
            break
        url = f"/praxis/?{page.next_query(response.wsgi_request.GET)}"
    assert [len(part) for part in forward] == [20, 20, 5]
    assert len({title for part in forward for title in part}) == 45
    back = visitor.get(f"/praxis/?{page.previous_query(response.wsgi_request.GET)}")
    assert [card.title for card in back.context["cards"]] == forward[1]


def test_empty_list_offers_the_next_step(visitor: Client) -> None:
    assert "Noch ist nichts veröffentlicht" in visitor.get("/praxis/").content.decode()
    assert "Dazu gibt es noch keinen Beitrag" in visitor.get("/praxis/?q=Zaunkönig").content.decode()


def test_htmx_gets_the_region_that_the_page_has(visitor: Client) -> None:
    published("Da")
    whole = visitor.get("/praxis/?art=practice").content.decode()
    part = visitor.get("/praxis/?art=practice", headers={"HX-Request": "true"})
    assert part.content.decode().strip() in whole
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_member_is_offered_to_write(visitor: Client) -> None:
    assert 'href="/praxis/neu/"' in logged_in(make_user("author")).get("/praxis/").content.decode()
