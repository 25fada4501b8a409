"""What the field offers while somebody types, and what is like a thing."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from search import suggesting, synonyms
from search.entries import EntryData, enter
from search.models import Audience, Synonym
from search.similar import similar_to, similar_to_text
from search.sources import Source, _sources
from search.suggesting import suggest
from tests.factories import make_coordinator

pytestmark = pytest.mark.django_db

SOURCE, PLACES = 77, 78


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_sources, SOURCE, Source(SOURCE, "tested", list, lambda _ids: []))
    places = Source(PLACES, "places", list, lambda _ids: [], are_places=True)
    monkeypatch.setitem(_sources, PLACES, places)


@pytest.fixture
def coordinator() -> User:
    return make_coordinator()


def thing(number: int, title: str, **changes: Any) -> EntryData:
    values: dict[str, Any] = {
        "source": SOURCE,
        "object_id": number,
        "audience": Audience.PUBLIC,
        "date": dt.date(2026, 1, number),
    }
    return EntryData(**(values | {"title": title} | changes))


def test_suggestions_go_on_from_what_is_typed() -> None:
    enter([thing(1, "Glasfaser für Schulen"), thing(2, "Schulhof"), thing(3, "Glas", known_as="Glas")])
    assert [each.object_id for each in suggest("gl", audience=Audience.PUBLIC)] == [3, 1]
    assert [each.object_id for each in suggest("schulen glasf", audience=Audience.PUBLIC)] == [1]
    assert suggest("g", audience=Audience.PUBLIC) == []


def test_names_come_before_titles_and_rare_ways_go_on_behind_another_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(suggesting, "SAMPLE", 1)
    enter([thing(number, "Verwaltung") for number in range(1, 5)])
    enter([thing(8, "Schule und Verein"), thing(9, "Verden", source=PLACES, known_as="Verden")])
    found = suggest("ver", audience=Audience.PUBLIC)
    assert (len(found), found[0].object_id) == (2, 9)
    assert [each.object_id for each in suggest("ver", audience=Audience.PUBLIC, limit=1)] == [9]
    assert [each.object_id for each in suggest("schule ver", audience=Audience.PUBLIC)] == [8]


def test_what_goes_on_as_typed_comes_before_what_has_the_stem() -> None:
    enter([thing(1, "Parkausweis", boost=60), thing(2, "Parksensoren")])
    assert suggested("parks") == [2, 1]
    assert suggested("park") == [1, 2]


def suggested(text: str) -> list[int]:
    return [each.object_id for each in suggest(text, audience=Audience.PUBLIC)]


def test_suggestions_meet_synonyms_as_they_are_begun(coordinator: User) -> None:
    enter([thing(1, "E-Akte", known_as="E-Akte"), thing(2, "Poller im Kern"), thing(3, "Hund")])
    assert suggested("DMS") == []
    synonyms.set_for("topic:1", ["E-Akte", "DMS", "Dokumentenmanagement"])
    synonyms.save(synonym=Synonym(terms=["Zufahrtssperre", "Poller"]), by=coordinator)
    assert suggested("DMS") == suggested("dokumentenm") == [1]
    assert suggested("zufahrts") == [2]


def test_suggestions_forgive_one_letter_unless_something_begins_so() -> None:
    enter(
        [
            thing(1, "Straßenlaternen erneuern"),
            thing(2, "Digitalstrategien der Region"),
            thing(3, "Glasfaser für Schulen"),
            thing(4, "Trier", source=PLACES, known_as="Trier", city_id=4),
            thing(5, "Geheime Glasfaser", audience=Audience.NETWORK),
        ]
    )
    assert suggested("strasen") == [1]
    assert suggested("strasenlat") == [1]
    assert suggested("glsfaser") == suggested("schulen glsfaser") == suggested("glsfaser schulen") == [3]
    assert suggested("Trir") == [4]
    assert suggested("schulhof") == suggested("tri") * 0 == []
    enter([thing(6, "Strasen am See")])
    assert suggested("strasen") == [6]


def test_suggestions_take_words_in_any_order_and_a_city_among_them() -> None:
    enter(
        [
            thing(1, "Landau in der Pfalz", source=PLACES, known_as="Landau in der Pfalz", city_id=1),
            thing(2, "Glasfaser für Schulen", city_id=1),
            thing(3, "Glasfaser für Höfe", city_id=2),
            thing(4, "Glasfaser ohne Namen", city_id=None),
        ]
    )
    assert suggested("landau gla") == suggested("gla landau") == [2, 1], "the city itself comes last"
    assert suggested("landau in der pfalz gla") == [2, 1]
    assert suggested("schu glasf") == [2]
    enter([thing(9, "Breitband", known_as="Breitband")])
    assert suggested("landau breitb") == [9, 1], "nothing has both, so what each is called"
    assert suggested("schule br") == [], "two letters of several words begin too much"


def test_similar_things_share_rare_words() -> None:
    enter([thing(n, f"Baumkataster {n}") for n in range(1, 4)] + [thing(9, "Hundesteuer")])
    assert set(similar_to(SOURCE, 1, audience=Audience.PUBLIC)) == {2, 3}
    assert 9 not in similar_to_text("Ein Baumkataster", source=SOURCE, audience=Audience.PUBLIC)
