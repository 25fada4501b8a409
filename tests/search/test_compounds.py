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
