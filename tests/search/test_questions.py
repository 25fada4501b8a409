"""What queries mean: words, synonyms, typing errors, cities, facets, and what stays hidden."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from search import misses, synonyms, vocabulary
from search.analysis.words import stem_of
from search.entries import EntryData, enter
from search.marking import Marker
from search.models import Audience, Miss, Synonym, Word
from search.packing import FIELDS
from search.paging import Cursor
from search.searching import Answer, Question, Sort, search
from search.similar import similar_to, similar_to_text
from search.sources import Hint, Source, _sources
from search.suggesting import suggest
from tests.factories import make_coordinator

pytestmark = pytest.mark.django_db

SOURCE, PLACES = 77, 78
STOPPED = Hint(("gescheitert", "gescheiterte"), "kind", 2, "beendet")


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = Source(SOURCE, "tested", list, lambda _ids: [], {"kind": FIELDS[0]}, [STOPPED])
    places = Source(PLACES, "places", list, lambda _ids: [], are_places=True)
    monkeypatch.setitem(_sources, SOURCE, kinds)
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


def ask(text: str, **changes: Any) -> Answer:
    asked: dict[str, Any] = {"source": SOURCE, "audience": Audience.PUBLIC, "text": text}
    return search(Question(**(asked | changes)))


def ids(text: str, **changes: Any) -> list[int]:
    return ask(text, **changes).page.ids


def test_compounds_are_found_from_either_side() -> None:
    enter(
        [thing(1, "Glasfaserausbau im Ortsteil"), thing(2, "Bürgerbeteiligungsplattform"), thing(3, "Hund")]
    )
    assert ids("ausbau glasfaser") == [1]
    assert ids("Bürger Beteiligung") == [2]
    enter([thing(4, "Ausbau der Glasfaser")])
    assert ids("Glasfaserausbau") == [1, 4]


def test_words_in_the_title_come_before_words_in_the_text() -> None:
    enter([thing(1, "Laternen"), thing(2, "Anderes", body="Dort stehen Laternen.")])
    assert ids("Laterne") == [1, 2]


def test_all_words_come_before_some_and_it_is_said_when_nothing_has_all() -> None:
    enter([thing(1, "Chatbot"), thing(2, "Telefon"), thing(3, "Chatbot am Telefon")])
    answer = ask("Chatbot Telefon")
    assert answer.page.ids[0] == 3
    assert set(answer.page.ids) == {1, 2, 3}
    assert (answer.with_all, answer.is_partial) == (1, False)
    assert [hit.has_all for hit in answer.hits] == [True, False, False]
    enter([thing(3, "Fax")])
    assert ask("Chatbot Telefon").is_partial


@pytest.mark.parametrize(
    "text", ["Glasfaserausbua", "Glasfasserausbau", "Glsafaserausbau", "glassfaserausbauu", "Breitbandasubau"]
)
def test_wrong_letters_are_forgiven_and_what_was_searched_is_told(text: str) -> None:
    enter([thing(1, "Glasfaserausbau"), thing(2, "Breitbandausbau"), thing(3, "Ausbau der Kita")])
    vocabulary.learn()
    answer = ask(text)
    assert answer.page.ids[0] == (2 if text.startswith("B") else 1)
    assert answer.understood.corrected[0][0] == text
    assert answer.did_you_mean.endswith("ausbau")
    assert not ask(text, literal=True).understood.corrected


def test_no_hint_betrays_a_word_that_only_hidden_things_have() -> None:
    enter([thing(1, "Geheimvorhaben", audience=Audience.NETWORK), thing(2, "Offenes")])
    vocabulary.learn()
    hidden = ask("Geheimvorhabne")
    assert (hidden.total, hidden.did_you_mean, hidden.understood.corrected) == (0, "", [])
    assert ask("Geheimvorhabne", audience=Audience.NETWORK).page.ids == [1]
    assert suggest("geheim", audience=Audience.PUBLIC) == []
    assert similar_to_text("Geheimvorhaben", source=SOURCE, audience=Audience.PUBLIC) == []
    assert similar_to(SOURCE, 1, audience=Audience.PUBLIC) == []


def test_a_word_that_left_with_its_thing_is_forgotten() -> None:
    enter([thing(1, "Zaunkönig")])
    vocabulary.compact()
    enter([thing(1, "Amsel")])
    assert ask("Zaunkönih").did_you_mean == ""
    vocabulary.compact()
    assert not Word.objects.filter(lexeme=stem_of("Zaunkönig")).exists()


def test_a_taught_synonym_works_at_once(coordinator: User) -> None:
    enter([thing(1, "Elektronische Akte im Bauamt"), thing(2, "Die Akte ist elektronische Post")])
    assert ids("DMS") == []
    row = synonyms.save(synonym=Synonym(terms=["DMS", "elektronische Akte"]), by=coordinator)
    answer = ask("DMS")
    assert answer.page.ids == [1]
    assert answer.understood.synonyms == [("DMS", ["elektronische Akte"])]
    synonyms.delete(synonym=row, by=coordinator)
    assert ids("DMS") == []


def test_whole_questions_quotes_and_minus() -> None:
    enter([thing(1, "E-Akte im Bauamt"), thing(2, "E-Akte in der Schule"), thing(3, "Akte E")])
    assert set(ids("Wie haben andere Städte die E-Akte eingeführt?")) == {1, 2}
    assert ids("E-Akte -Schule") == [1]
    assert ids('"Bauamt Akte"') == []
    assert ids("„E-Akte im Bauamt“") == [1]


def test_words_that_mean_a_facet_choose_it_and_can_be_taken_literally() -> None:
    enter([thing(1, "App", facets=2), thing(2, "App", facets=0, body="ist gescheitert")])
    answer = ask("nur gescheiterte App")
    assert (answer.page.ids, answer.understood.hints) == ([1], [STOPPED])
    assert ids("gescheiterte App", literal=True)[0] == 2
    assert ids("gescheitert") == [1]


def test_a_city_in_the_query_is_preferred() -> None:
    enter(
        [
            EntryData(
                PLACES, 5, Audience.PUBLIC, dt.date(2020, 1, 1), "Wörth am Rhein", city_id=5, known_as="Wörth"
            ),
            thing(1, "Chatbot", city_id=5),
            thing(2, "Chatbot", city_id=6),
        ]
    )
    answer = ask("Chatbot Woerth")
    assert answer.page.ids == [1, 2]
    assert answer.understood.city is not None
    assert (answer.understood.city.city_id, answer.understood.city.name) == (5, "Woerth")


def test_all_kinds_are_counted_beside_each_other() -> None:
    enter([thing(1, "Solar"), EntryData(PLACES, 9, Audience.PUBLIC, dt.date(2020, 1, 1), "Solarstadt")])
    assert ask("Solar", counts_kinds=True).by_source == {SOURCE: 1, PLACES: 1}
    assert ask("Solar").by_source == {SOURCE: 1}
    assert {hit.source for hit in ask("Solar", source=None).hits} == {SOURCE, PLACES}


def test_found_words_are_marked_also_inside_compounds_and_nothing_unsafe_comes_through() -> None:
    marker = Marker(frozenset({stem_of("Glasfaser"), stem_of("Beteiligung")}))
    assert marker.mark("Glasfaserausbau") == "<mark>Glasfaser</mark>ausbau"
    assert marker.mark("Bürgerbeteiligung") == "Bürger<mark>beteiligung</mark>"
    assert marker.mark("<b>Glasfaser</b>") == "&lt;b&gt;<mark>Glasfaser</mark>&lt;/b&gt;"
    snippet = marker.snippet("Lang " * 90 + "Glasfaser" + " danach" * 90, length=120)
    assert "<mark>Glasfaser</mark>" in snippet
    assert len(snippet) < 160


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Zaun  König ", "zaun könig"),
        ("max@example.org", ""),
        ("Anruf 0651 7181234", ""),
        ("https://example.org", ""),
        ("???", ""),
        ("x", ""),
        ("a 1 b", ""),
        ('"Licht Bedarf"', ""),
        ("„Licht Bedarf", ""),
        ("Licht -Bedarf", ""),
        ("Licht - Bedarf", "licht - bedarf"),
        ("ki", "ki"),
        ("x" * 101, ""),
    ],
)
def test_searches_without_hits_are_counted_without_people(text: str, kept: str) -> None:
    misses.count({text: 1})
    misses.count({text: 1})
    assert list(Miss.objects.values_list("text", "count")) == ([(kept, 2)] if kept else [])


def test_a_flood_of_searches_without_hits_is_one_job_with_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr(misses.time, "monotonic", lambda: clock[0])
    waiting = misses.Waiting()
    assert waiting.add("erste") == {"erste": 1}
    assert not any(waiting.add(f"wort {number}") for number in range(5 * misses.MOST_WAITING))
    assert waiting.add("wort 1") == {}
    clock[0] += misses.PAUSE
    due = waiting.add("wort 1")
    assert len(due) == misses.MOST_WAITING
    assert due["wort 1"] == 3
    assert waiting.add("noch eins") == {}


def test_a_full_table_takes_no_new_words_and_goes_on_counting_known_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    misses.count({"zaun": 1, "könig": 1})
    monkeypatch.setattr(misses, "MOST_ROWS", 1)
    misses.count({"zaun": 4, "ganz neu": 1})
    assert dict(Miss.objects.values_list("text", "count")) == {"zaun": 5, "könig": 1}


def test_what_lacks_words_is_found_counted_and_paged_without_any_other_word() -> None:
    titles = ["Chatbot", "Baumkataster", "Radweg"]
    enter([thing(n, titles[n % 3]) for n in range(1, 28)])
    wanted = [n for n in range(1, 28) if n % 3 == 2]
    first = ask("-Chatbot -Baumkataster", page_size=5)
    assert first.total == len(wanted)
    second = ask("-Chatbot -Baumkataster", page_size=5, cursor=Cursor(first.page.last_key or ()))
    assert sorted([*first.page.ids, *second.page.ids]) == wanted
    newest = ask("-Chatbot", sort=Sort.NEWEST).page.ids
    assert newest == [n for n in range(27, 0, -1) if n % 3]


def test_a_part_that_is_chance_does_not_stand_for_a_compound_that_nothing_has() -> None:
    enter([thing(1, "Die Stadt bot eine Karte an"), thing(2, "Termine und Fristen")])
    answer = ask("Chatbot")
    assert (answer.page.ids, answer.understood.ignored) == ([], ["Chatbot"])
    answer = ask("Terminvergabe")
    assert answer.page.ids == [2]
    assert answer.is_partial
    assert answer.understood.shortened == [("Terminvergabe", "Termin")]


@pytest.mark.parametrize(
    ("typed", "entered"),
    [("spart", "Smart City"), ("E-Rechnung", "rechnen"), ("Garten", "Karten"), ("sparen", "später")],
)
def test_another_word_is_no_mistyped_one(typed: str, entered: str) -> None:
    enter([thing(1, entered)])
    vocabulary.learn()
    answer = ask(typed)
    assert (answer.page.ids, answer.did_you_mean) == ([], "")


def test_forms_of_a_verb_find_it_and_say_so() -> None:
    enter([thing(1, "Wie wir Papier sparen"), thing(2, "Was wir nutzen"), thing(3, "Am Hafen")])
    assert ids("spart") == [1]
    assert ask("nutzte").did_you_mean == "nutzen"
    assert ids("spart", literal=True) == []
    assert ids("Haft") == []
