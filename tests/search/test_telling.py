"""Which words say what is searched: facets, talk, parts of compounds, words that are none."""

import datetime as dt

import pytest

from search import ranking, vocabulary
from search.analysis.dictionary import is_word
from search.analysis.words import stem_of
from search.entries import EntryData, enter
from search.models import Audience, Synonym
from search.packing import FIELDS
from search.paging import Cursor
from search.query.partly import tells
from search.query.wording import joined, written_in
from search.searching import Sort
from search.sources import Hint, Source, _sources
from tests.search.test_questions import PLACES, SOURCE, ask, ids, source, thing  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
OTHER = 79
DAY = dt.date(2026, 1, 1)
STOPPED = Hint(("gescheitert", "nicht funktioniert"), "kind", 2, "beendet")


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = Source(SOURCE, "tested", list, lambda _ids: [], {"kind": FIELDS[0]}, [STOPPED])
    monkeypatch.setitem(_sources, SOURCE, kinds)
    monkeypatch.setitem(_sources, OTHER, Source(OTHER, "other", list, lambda _ids: []))
    enter([thing(1, "Parken", facets=2), thing(2, "Parken"), thing(3, "Baden", facets=2)])
    enter([thing(4, "Parken und warum es gescheitert ist", source=OTHER)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nur gescheiterte", {1, 3}),
        ("gescheiterte Projekte", {1, 3}),
        ("Warum sind Vorhaben gescheitert?", {1, 3}),
        ("Was hat nicht funktioniert?", {1, 3}),
        ("nur gescheiterte Parken", {1}),
        ("gescheiterte Luftschlösser", set()),
    ],
)
def test_among_all_kinds_a_word_for_a_facet_narrows_to_the_kind_that_has_it(stopped, text, found) -> None:
    answer = ask(text, source=None, counts_kinds=True)
    assert (set(answer.page.ids), answer.understood.hints) == (found, [STOPPED])
    assert {code: n for code, n in answer.by_source.items() if n} == ({SOURCE: len(found)} if found else {})
    assert set(ids(text)) == found
    other = ask(text, source=OTHER, counts_kinds=True)
    assert (other.page.ids, other.total, other.by_source[SOURCE]) == ([], 0, len(found))
    assert OTHER in {hit.source for hit in ask("gescheitert", source=None, literal=True).hits}


def test_a_lone_digit_is_not_missed() -> None:
    enter([thing(1, "OZG"), thing(2, "§ 3 SGB")])
    answer = ask("§ 5 OZG")
    assert (answer.page.ids, answer.understood.ignored, answer.is_partial) == ([1], [], False)
    assert ids("3") == [2]


def test_synonyms_that_are_excluded_are_not_searched() -> None:
    enter([thing(1, "DMS"), thing(2, "Aktensystem"), thing(3, "Ablage")])
    Synonym.objects.create(terms=["DMS", "Aktensystem", "Ablage"])
    answer = ask("DMS -Ablage")
    assert answer.understood.synonyms == [("DMS", ["Aktensystem"])]
    assert answer.page.ids == [1, 2]
    assert ask("DMS -Ablage -Aktensystem").understood.synonyms == []


def test_what_says_nothing_by_itself_is_not_marked() -> None:
    enter([thing(1, "Elterngeld in der Stadt"), thing(2, "Geld der Eltern"), thing(3, "Parken")])
    marker = ask("Wo gibt es Elterngeld in einer Stadt?").marker
    assert (
        marker.mark("Elterngeld und Wohngeld einer Stadt")
        == "<mark>Elterngeld</mark> und Wohngeld einer Stadt"
    )
    enter([EntryData(PLACES, 5, Audience.PUBLIC, DAY, "Zweibrücken", city_id=5, known_as="Zweibrücken")])
    assert ask("Parken Zweibrücken").marker.mark("Zwei Städte parken") == "Zwei Städte <mark>parken</mark>"


def test_how_many_words_were_asked_for_is_told() -> None:
    enter([thing(1, "Parken"), thing(2, "Raum")])
    assert [
        ask(text).understood.asked for text in ("Parkraum", "der Parkraum", "Parkraum Raum", "„Park Raum“")
    ] == [1, 1, 2, 1]


def test_talk_around_a_question_makes_no_hit() -> None:
    enter([thing(1, "Die Stadt und ihr Projekt"), thing(2, "Laternen"), thing(3, "E-Akte", source=PLACES)])
    assert ids("Welche Städte haben Laternen?") == [2]
    assert ids("Wie haben andere Städte die E-Akte eingeführt?") == []
    answer = ask("Welche Städte haben Luftschlösser?")
    assert (answer.page.ids, answer.understood.ignored) == ([], ["Luftschlösser"])
    assert ids("Projekt Stadt") == [1]


@pytest.mark.parametrize(
    "word", ["Klimaschutz", "Friedhofsverwaltung", "Standesamt", "Bauantrag", "Kitaplatz", "Winterdienst"]
)
def test_parts_that_very_many_compounds_have_do_not_stand_for_one(word: str) -> None:
    texts = "Datenschutz, Verwaltung, Stand der Dinge, das Amt, der Platz, am Bau, Antrag, Dienst"
    enter(thing(1 + n, each) for n, each in enumerate(texts.split(", ")))
    assert ids(word) == []


def test_the_first_part_may_stand_for_a_compound_and_is_shown_as_it_is_written() -> None:
    enter(
        [thing(1, "Klima in der Stadt"), thing(2, "Schutz"), thing(3, "Der Park hat Raum"), thing(4, "Raum")]
    )
    answer = ask("Klimaschutz Klimaschutzrat")
    assert answer.page.ids == [1]
    answer = ask("Parkraumbewirtschaftung")
    assert answer.page.ids == [3]
    assert answer.understood.shortened == [("Parkraumbewirtschaftung", "Parkraum")]
    assert ask("Bürgerinitiative").understood.shortened == []


@pytest.mark.parametrize(
    ("typed", "part", "written"),
    [
        ("Bürgerinitiative", "burger", "Bürger"),
        ("buergerinitiative", "burger", "buerger"),
        ("Ratsinformation", "rats", "Rat"),
        ("Erfolgsmessung", "erfolgs", "Erfolg"),
        ("Kursprogramm", "kurs", "Kurs"),
        ("Straßenfest", "strassen", "Straßen"),
        ("Fahrradzählung", "zahlung", "Zählung"),
        ("Fahrrad", "anders", ""),
    ],
)
def test_a_part_is_shown_as_it_is_written_in_the_word(typed: str, part: str, written: str) -> None:
    assert written_in(typed, part) == written


def test_words_become_a_compound_only_where_they_make_one() -> None:
    assert joined("Glasfaserausbua", ["Glasfaser", "Ausbau"]) == "Glasfaserausbau"
    assert joined("Erfolgsmeldnug", ["Erfolg", "Meldung"]) == "Erfolgsmeldung"
    assert joined("Kennzeichenerfasung", ["Kennzeichen", "erfassen"]) == "Kennzeichen erfassen"
    assert joined("Misserfolge", ["misst", "folgt"]) == "misst folgt"


def test_parts_tell_by_how_many_compounds_have_them() -> None:
    assert not any(tells(part, is_first=False) for part in ("amt", "dienst", "system", "platz", "antrag"))
    assert all(tells(part, is_first=True) for part in ("klima", "winter", "friedhofs", "parkraum"))
    assert all(tells(part, is_first=False) for part in ("sensoren", "kataster", "beteiligung", "portal"))


@pytest.mark.parametrize(("typed", "entered"), [("Senioren", "Sensoren"), ("Messung", "Meldung")])
def test_a_word_of_the_dictionary_is_no_typing_error(typed: str, entered: str) -> None:
    enter([thing(1, entered)])
    vocabulary.learn()
    answer = ask(typed)
    assert (answer.page.ids, answer.did_you_mean, answer.understood.ignored) == ([], "", [typed])
    assert is_word(stem_of(typed))
    assert not is_word(stem_of("Glassfaser"))


def test_a_city_is_met_by_the_name_that_people_say() -> None:
    names = {5: "Landau in der Pfalz", 6: "Wörth am Rhein", 7: "Bad Bergzabern", 8: "Landau"}
    places = [
        EntryData(PLACES, n, Audience.PUBLIC, DAY, name, city_id=n, known_as=name, boost=9 - n)
        for n, name in names.items()
    ]
    enter([*places[:3], thing(1, "Radweg", city_id=5), thing(2, "Radweg", city_id=6)])
    for text, city in (("Radweg Landau", 5), ("Radweg Woerth", 6), ("Radweg Landau in der Pfalz", 5)):
        answer = ask(text)
        assert answer.understood.city is not None
        assert answer.understood.city.city_id == city
        assert answer.page.ids[0] == city - 4
    assert ask("Radweg Bad").understood.city is None
    enter(places)
    meant = ask("Radweg Landau").understood.city
    assert meant is not None
    assert meant.city_id == 8


def test_a_kind_has_the_same_number_alone_and_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has all words is plentiful among one kind and rare among the other, which then shows some more."""
    monkeypatch.setitem(_sources, OTHER, Source(OTHER, "other", list, lambda _ids: []))
    enter(thing(number, "Laterne am Radweg") for number in range(1, 8))
    enter([thing(8, "Laterne"), thing(9, "Radweg")])
    enter([thing(10, "Laterne am Radweg", source=OTHER), thing(11, "Radweg", source=OTHER)])
    everything = ask("Laterne Radweg", source=None, counts_kinds=True)
    assert everything.by_source == {SOURCE: 7, OTHER: 2}
    assert (everything.total, len(everything.page.ids)) == (9, 9)
    assert everything.page.ids[-1] == 11
    for source_code in (SOURCE, OTHER):
        alone = ask("Laterne Radweg", source=source_code, counts_kinds=True)
        assert alone.total == everything.by_source[source_code] == len(alone.page.ids)
        assert alone.by_source == everything.by_source
    newest = ask("Laterne Radweg", source=None, sort=Sort.NEWEST, page_size=5)
    rest = ask("Laterne Radweg", source=None, sort=Sort.NEWEST, cursor=Cursor(newest.page.last_key or ()))
    assert [*newest.page.ids, *rest.page.ids] == [11, 10, *range(7, 0, -1)]


def test_what_has_all_words_is_ranked_before_newer_things_that_have_some(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranking, "NEWEST", 3)
    monkeypatch.setattr(ranking, "WITH_TITLE", 0)
    enter([thing(1, "Etwas", body="Laterne am Radweg"), *(thing(n, "Radweg") for n in range(2, 20))])
    assert ask("Laterne Radweg").page.ids[0] == 1
