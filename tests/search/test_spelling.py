"""Which known word a mistyped one is meant to be, and what it costs to tell."""

import datetime as dt
import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from search import vocabulary
from search.entries import EntryData, enter
from search.models import Audience
from search.query.spelling import (
    SHORT as FEW_LETTERS,
)
from search.query.spelling import (
    _begins_alike,
    difference,
    halves,
    is_one_away,
    one_away,
    repair,
)
from search.vocabulary import LEAST_SIMILARITY, _by_similarity

pytestmark = pytest.mark.django_db
SHORT = ["akte", "gebuhr", "haus"]
LONG = [
    "rechnung",
    "bauantrag",
    "schwimmbadverwaltung",
    "verkehrszeichensteuerung",
    "burgerbeteiligungsplattform",
]


@pytest.fixture
def known() -> None:
    titles = ["Schwimmbad Gebühren Rathaus", "Verkehrszeichensteuerung", "Lizenz Beschaffung", "Gehalt"]
    enter(_thing(number, title) for number, title in enumerate(titles, 1))
    enter([_thing(9, "Kündigungsliste", audience=Audience.NETWORK)])
    vocabulary.learn()


def _thing(number: int, title: str, audience: Audience = Audience.PUBLIC) -> EntryData:
    return EntryData(77, number, audience, dt.date(2026, 1, number), title=title)


def _repaired(*words: str, audience: Audience = Audience.PUBLIC) -> dict[str, str]:
    found = repair(words, audience)
    return {word: " ".join(each.surface for each in instead) for word, instead in found.items()}


def test_one_wrong_letter_costs_one_query_for_all_words(known, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        found = _repaired("Schwimbad", "Gebürhen", "Verkehrspeichensteuerung")
    assert found == {
        "Schwimbad": "Schwimmbad",
        "Gebürhen": "Gebühren",
        "Verkehrspeichensteuerung": "Verkehrszeichensteuerung",
    }


def test_only_two_wrong_letters_cost_a_second_query(known, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert _repaired("Schwimbad", "Rathaos") == {"Schwimbad": "Schwimmbad", "Rathaos": "Rathaus"}
    with django_assert_num_queries(2):
        assert _repaired("Schimbad", "Rathaos") == {"Schimbad": "Schwimmbad", "Rathaos": "Rathaus"}


def test_parts_of_a_compound_that_nothing_has_are_repaired(known) -> None:
    assert _repaired("Schwimmbadbeschafung") == {"Schwimmbadbeschafung": "Schwimmbad Beschaffung"}
    word = "Schwimmbadkündigungslixxe"
    assert _repaired(word, audience=Audience.NETWORK) == {word: "Schwimmbad Kündigungsliste"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Beschaffungg", "Beschaffung"),  # the ending is what the stem would have lost
        ("Gebührne", "Gebühren"),
        ("eschaffung", "Beschaffung"),
        ("izenz", None),  # of a short word hardly anybody mistypes the beginning
        ("Schwimmbadizenz", "Schwimmbad Lizenz"),  # but of a part of a longer one
        ("Gehlat", "Gehalt"),
        ("Verkehrszei", "Verkehrszeichensteuerung"),  # somebody stopped typing
        ("Lize", None),
    ],
)
def test_one_letter_may_be_wrong_at_any_place(known, typed: str, meant: str | None) -> None:
    assert _repaired(typed) == ({typed: meant} if meant else {})


def test_what_is_hidden_corrects_nothing(known) -> None:
    assert _repaired("Kündigungslixte", "Kündigungslixxe") == {}
    assert _repaired("Kündigungslixte", audience=Audience.NETWORK) == {"Kündigungslixte": "Kündigungsliste"}


def test_short_words_and_numbers_stay_as_they_are(known) -> None:
    assert _repaired("Geh", "2026", "Gohalt") == {}  # of a short word the beginning is hardly mistyped


@pytest.mark.django_db(transaction=True)
def test_a_slow_look_ends_without_a_correction(known, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = vocabulary.ALIKE_BY_TRIGRAMS.replace("known.n > 0", "known.n > 0 AND pg_sleep(5) IS NOT NULL")
    monkeypatch.setattr(vocabulary, "ALIKE_BY_TRIGRAMS", slow)
    monkeypatch.setattr(vocabulary, "LONGEST_LOOK", 50)
    assert _repaired("Schimbad") == {}
    assert _repaired("Schwimbad") == {"Schwimbad": "Schwimmbad"}


@pytest.mark.parametrize("word", [*SHORT, *LONG])
def test_one_letter_away_is_all_that_differs_by_one(word: str) -> None:
    assert all(difference(word, other, 1) <= 1 for other in one_away(word))
    assert word in one_away(word)
    assert {word[:-1], word + "e", word[:3] + "x" + word[4:], word[:2] + word[3] + word[2] + word[4:]} <= (
        one_away(word)
    )


@pytest.mark.parametrize("word", [*SHORT, *LONG])
def test_all_that_is_one_letter_away_has_a_half_of_the_word(word: str) -> None:
    beginning, ending = halves(word)
    assert beginning
    assert ending
    for other in one_away(word):
        assert is_one_away(word, other)
        assert is_one_away(other, word)
        is_found = other.startswith(beginning) or other.endswith(ending)
        assert is_found or (len(word) < FEW_LETTERS and not _begins_alike(word, other)), other


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_one_letter_away_is_a_difference_of_one(first: str, second: str) -> None:
    assert is_one_away(first, second) == (difference(first, second, 1) <= 1)


def test_no_word_with_two_wrong_letters_is_less_similar_than_what_is_asked_for() -> None:
    rng = random.Random(7)  # noqa: S311
    pairs = [(word, _mistyped(_mistyped(word, rng), rng)) for word in LONG for _number in range(60)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, other, 100 * similarity(word, other) FROM unnest(%s::text[], %s::text[])"
            " AS asked (word, other)",
            [[word for word, _other in pairs], [other for _word, other in pairs]],
        )
        measured = cursor.fetchall()
    for word, other, percent in measured:
        [(asked, _alike)] = _by_similarity([other]).items()
        assert percent >= asked or asked == LEAST_SIMILARITY, (word, other)
    assert set(_by_similarity(LONG)) > {LEAST_SIMILARITY}


def _mistyped(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 2)
    before, behind = word[:place], word[place:]
    return rng.choice(
        [
            before + behind[1:],
            before + rng.choice("abcxyz") + behind,
            before + rng.choice("abcxyz") + behind[1:],
            before + behind[1] + behind[0] + behind[2:],
        ]
    )
