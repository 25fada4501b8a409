"""Bitmaps say what the entries say: before and after they are folded, and whatever changed in between."""

from typing import Any

import pytest
from django.db import connection

from search.bitmaps import base
from search.bitmaps.folding import fold, fold_where_worth_it
from search.counting import TopicCounts
from search.entries import enter, rebuild, withdraw
from search.models import Audience, Bitmap, BitmapKind, Entry, Stale
from search.packing import FIELDS
from search.searching import ANSWERS
from tests.search.test_searching import SOURCE, ask, source, thing  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db

NUMBERS = range(1, 80)
ASKED: list[dict[str, Any]] = [
    {},
    {"audience": Audience.NETWORK},
    {"text": "Netz"},
    {"text": "Netz Kabel"},
    {"text": "Kabel -Netz"},
    {"text": '"Netz Kabel"'},
    {"text": "Netz", "topics": [10, 11], "facets": {"kind": [1, 2]}},
    {"text": "Netz", "city_id": 3},
    {"city_ids": [1, 2]},
    {"text": "Netz Kabel Strom Wasser"},
]


def entered(number: int, **changes: Any) -> Any:
    words = [word for rest, word in ((2, "Netz"), (3, "Kabel"), (5, "Strom")) if number % rest == 0]
    values: dict[str, Any] = {
        "body": " ".join(words),
        "topics": [1, 10 + number % 3],
        "marks": [1 + number % 2],
        "facets": FIELDS[0].put(number % 4),
        "city_id": number % 5,
        "audience": Audience.NETWORK if number % 7 == 0 else Audience.PUBLIC,
        "boost": number % 11,
    }
    return thing(number, **(values | changes))


def answers() -> list[Any]:
    ANSWERS.forget()
    found = [ask(**asked) for asked in ASKED]
    assert all(answer.total for answer in found[:-1])
    return [(answer.page.ids, answer.counts, answer.with_all) for answer in found]


def fold_all() -> None:
    """With a bitmap for every word that two entries have."""
    assert fold(least_entries=2)
    assert Bitmap.objects.filter(kind=BitmapKind.WORD, label="kabel").exists()
    assert not Stale.objects.exists()


def change_some() -> None:
    enter([entered(number, body="Kabel", topics=[2], audience=Audience.PUBLIC) for number in (2, 7, 9)])
    enter([entered(number) for number in range(200, 206)])
    withdraw(SOURCE, [4, 5])


def test_folding_changes_no_answer():
    enter(map(entered, NUMBERS))
    before = answers()
    fold_all()
    assert answers() == before


def test_what_changed_since_counts_at_once_and_stays_when_it_is_folded():
    enter(map(entered, NUMBERS))
    fold_all()
    change_some()
    changed = answers()
    begin_anew()
    assert changed == answers()  # as the entries alone say it
    fold_all()
    assert changed == answers()


def test_folding_a_little_writes_the_same_as_beginning_anew():
    enter(map(entered, NUMBERS))
    fold_all()
    change_some()
    fold_all()
    patched = said()
    assert patched["topic:2"] == set(Entry.objects.filter(topics__contains=[2]).values_list("pk", flat=True))
    begin_anew()
    fold_all()
    assert said() == patched


def said() -> dict[str, set[int]]:
    """The entries that each bitmap names."""
    ids = base.read().ids
    return {
        bitmap.label: found
        for bitmap in Bitmap.objects.exclude(kind=BitmapKind.FRAME)
        if (found := {key for place, key in enumerate(ids) if base.number(bitmap.bits) >> place & 1})
    }


def begin_anew() -> None:
    Bitmap.objects.all().delete()
    Stale.objects.bulk_create(Stale(entry_id=key) for key in Entry.objects.values_list("pk", flat=True))


def test_an_entry_that_shows_later_than_one_with_a_higher_number_gets_a_place():
    enter(map(entered, NUMBERS))
    lowest = Entry.objects.order_by("pk")[0]
    key = lowest.pk
    fold_all()
    lowest.delete()
    assert fold(least_entries=2)
    enter([entered(1, body="Netz")])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_entry SET id = %s WHERE object_id = 1 AND source = %s", [key - 1, SOURCE]
        )
        cursor.execute("UPDATE search_stale SET entry_id = %s", [key - 1])
    changed = answers()
    fold_all()
    assert answers() == changed


def test_a_word_that_has_become_rare_loses_its_bitmap_and_is_found_all_the_same():
    enter(map(entered, NUMBERS))
    assert fold(least_entries=20)
    enter([entered(number, body="") for number in NUMBERS if number % 3 == 0 and number != 3])
    assert fold(least_entries=20)
    assert not Bitmap.objects.filter(kind=BitmapKind.WORD, label="kabel").exists()
    assert ask(text="Kabel").page.ids == [3]


def test_an_empty_network_folds_to_nothing():
    enter([entered(1)])
    withdraw(SOURCE, [1])
    assert fold()
    assert not fold()
    assert ask().total == 0


def test_folding_waits_until_it_is_worth_it():
    enter(map(entered, range(1, 40)))
    assert not fold_where_worth_it()
    enter(map(entered, range(40, 60)))
    assert fold_where_worth_it()


def test_rebuilding_folds():
    enter(map(entered, NUMBERS))
    rebuild()
    assert not Stale.objects.exists()


def test_topics_are_counted_with_all_below_them():
    enter(map(entered, NUMBERS))
    numbers = TopicCounts.of(Audience.PUBLIC, source=SOURCE)
    public = [number for number in NUMBERS if number % 7]
    assert numbers[0] == numbers[1] == len(public)
    assert numbers.keys() == {0, 1, 10, 11, 12, -1, -2}
    assert numbers[10] == sum(number % 3 == 0 for number in public)
    having = TopicCounts.of(Audience.NETWORK, source=SOURCE).having(0, 3)
    assert having[11] == sum(number % 3 == 1 and number % 4 == 3 for number in NUMBERS)
