"""Compounds that nothing has as they were typed."""

import pytest

from search import vocabulary
from search.entries import enter
from search.models import Synonym
from tests.search.test_questions import ask, source, thing  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_a_word_with_hyphens_is_found_by_its_known_parts() -> None:
    enter([thing(1, "Eine App für alle"), thing(2, "Sensoren messen Feinstaub"), thing(3, "CO₂ und Klima")])
    for typed, found, shortened in (
        ("Umwelt-App", [1], [("Umwelt-App", "App")]),
        ("Feinstaub-Sensoren", [2], []),
        ("CO2-Sensoren", [2, 3], []),
    ):
        answer = ask(typed)
        assert (sorted(answer.page.ids), answer.understood.shortened) == (found, shortened)
        assert not answer.understood.ignored


def test_one_wrong_letter_in_a_compound_of_known_parts_is_corrected_with_synonyms() -> None:
    enter(
        [thing(1, "Digitalstrategie"), thing(2, "Der digitale Rat, die eigene Stadt"), thing(3, "Fahrplan")]
    )
    vocabulary.learn()
    Synonym.objects.create(terms=["Digitalstrategie", "Fahrplan"])
    answer = ask("Digitalstrateige")
    assert answer.did_you_mean == "Digitalstrategie"
    assert answer.page.ids == [1, 3]


def test_a_word_that_is_no_compound_is_found_by_its_known_halves() -> None:
    enter([thing(1, "Als Smart City beworben"), thing(2, "Ein Smartphone"), thing(3, "City-Management")])
    answer = ask("Smartcity")
    assert (answer.page.ids[0], answer.with_all, answer.understood.missing) == (1, 1, [])
    assert ask("Smartzity").total == 0


def test_a_usual_first_part_stands_for_its_compound_unless_it_means_too_many_things() -> None:
    enter([thing(1, "Digitale Schule"), thing(2, "Arbeit im Rat"), thing(3, "Verwaltung"), thing(4, "Ort")])
    for typed, found in (("Schulverwaltung", [1]), ("Ratsinformation", [2]), ("Arbeitsverwaltung", [])):
        assert ask(typed).page.ids == found
    assert ask("Schulgebäude").understood.shortened == [("Schulgebäude", "Schul")]


def test_of_a_part_that_is_itself_a_compound_what_is_known_is_searched() -> None:
    enter([thing(1, "Termine"), thing(2, "Online")])
    answer = ask("Online-Terminvergabe")
    assert sorted(answer.page.ids) == [1, 2]
    assert answer.understood.shortened == [("Online-Terminvergabe", "Online Termin")]


def test_the_name_of_a_place_is_found_by_its_words_and_not_by_their_parts() -> None:
    town = {"is_name": True}
    enter(
        [
            thing(1, "Zweibrücken"),
            thing(2, "Groß Glienicke-Mühlenbach", **town),
            thing(3, "Bad Kreuznach", **town),
            thing(4, "Die App von Zweibrücken"),
            thing(5, "Mühlenbach-App"),
        ]
    )
    vocabulary.learn()
    for typed, found in (
        ("Brücke", []),
        ("Zweibrückens", [1, 4]),
        ("Zweibrücen", [1, 4]),
        ("Mühle", [5]),
        ("Mühlenbach", [2, 5]),
        ("Glienicke", [2]),
        ("Kreuznach", [3]),
    ):
        assert sorted(ask(typed).page.ids) == found, typed


def test_what_lacks_an_excluded_word_is_no_answer_to_a_word_that_nothing_has() -> None:
    enter([thing(1, "Laternen"), thing(2, "Radweg")])
    answer = ask("Zaunkönigzucht -Radweg")
    assert (answer.page.ids, answer.understood.missing) == ([], ["Zaunkönigzucht"])
    assert ask("-Radweg").page.ids == [1]


def test_words_that_only_synonyms_stand_for_are_missing() -> None:
    enter([thing(1, "Laternen"), thing(2, "Radweg im Netz"), thing(3, "Die Arbeit")])
    Synonym.objects.create(terms=["Telearbeit", "Arbeit im Netz"])
    answer = ask("Telearbeit")
    assert (answer.page.ids, answer.understood.missing) == ([], ["Telearbeit"])
