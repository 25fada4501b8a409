"""Bitmaps say what the entries say: before and after they are folded, and whatever changed in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from search.bitmaps import base, folding
from search.bitmaps.folding import fold, fold_where_worth_it
from search.counting import TopicCounts
from search.entries import enter, rebuild, withdraw
from search.models import Audience, Bitmap, BitmapKind, Entry, Stale
from search.packing import FIELDS
from search.query.understanding import understand
from search.ranking import NEWEST, WITH_TITLE, ranked
from search.searching import ANSWERS
from search.sources import Hint, Source, _sources
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
    ids = base._read().ids
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


def test_a_word_that_means_a_facet_counts_no_other_kinds(monkeypatch):
    stopped = Hint(("gescheitert",), "kind", 3, "beendet")
    places = {"kind": FIELDS[0]}
    monkeypatch.setitem(_sources, SOURCE, Source(SOURCE, "tested", list, lambda _ids: [], places, [stopped]))
    enter([*map(entered, NUMBERS), entered(510, source=SOURCE + 1)])
    answer = ask(text="gescheitert", counts_kinds=True)
    assert answer.by_source == {SOURCE: sum(n % 4 == 3 for n in NUMBERS if n % 7)}
    assert ask(text="Kabel", counts_kinds=True).by_source.keys() == {SOURCE, SOURCE + 1}


def test_a_filter_that_leaves_nothing_does_not_make_a_hit_partial():
    enter(map(entered, NUMBERS))
    answer = ask(text="Kabel", topics=[99])
    assert (answer.total, answer.with_all, answer.is_partial) == (0, None, False)


def test_what_was_hidden_between_counting_and_ranking_is_no_hit():
    enter([entered(number, title="Kabel") for number in (1, 2)])
    (query, found) = understand("Kabel", Audience.PUBLIC), list(Entry.objects.values_list("pk", flat=True))
    enter([entered(2, title="Kabel", audience=Audience.NETWORK)])
    assert [hit.object_id for hit in ranked(query, found, Audience.PUBLIC)] == [1]


@pytest.mark.parametrize("share", [2, 60])
@pytest.mark.parametrize("is_folded", [True, False])
def test_of_many_hits_the_newest_and_those_with_the_word_in_the_title_are_ranked(is_folded, share):
    """In a set that is walked by date as well as in one that is sorted."""
    number = 100 * share
    titled = [n for n in range(share, number, share) if n < 10 * share]  # the oldest
    enter(
        thing(
            n,
            title="Kabel" if n in titled else "Anderes",
            body="" if n % share else "Kabel",
            boost=n in titled,
        )
        for n in range(number)
    )
    if is_folded:
        fold_all()
    answer = ask(text="Kabel", page_size=NEWEST + WITH_TITLE)
    hits = [n for n in range(number) if n % share == 0]
    assert answer.total == len(hits)
    ranked_ones = [*titled, *hits[-NEWEST:]]
    assert set(answer.page.ids[: len(ranked_ones)]) == set(ranked_ones)
    assert set(answer.page.ids[: len(titled)]) == set(titled)


def test_topics_are_counted_with_all_below_them():
    enter(map(entered, NUMBERS))
    numbers = TopicCounts.of(Audience.PUBLIC, source=SOURCE)
    public = [number for number in NUMBERS if number % 7]
    assert numbers[0] == numbers[1] == len(public)
    assert numbers.keys() == {0, 1, 10, 11, 12, -1, -2}
    assert numbers[10] == sum(number % 3 == 0 for number in public)
    having = TopicCounts.of(Audience.NETWORK, source=SOURCE).having(0, 3)
    assert having[11] == sum(number % 3 == 1 and number % 4 == 3 for number in NUMBERS)


@pytest.mark.django_db(transaction=True)
class TestBesideOthers:
    """With transactions of their own, as the worker and the portal have them."""

    def test_what_is_committed_while_it_folds_stays_to_be_folded(self, monkeypatch):
        enter(map(entered, NUMBERS))
        fold_all()
        enter([entered(8, body="Kabel")])
        begin = folding._Folding.fold

        def meanwhile(self):
            elsewhere(enter, [entered(8, body="Netz"), entered(300, body="Kabel"), entered(9, body="")])
            elsewhere(withdraw, SOURCE, [10])
            begin(self)

        monkeypatch.setattr(folding._Folding, "fold", meanwhile)
        assert fold(least_entries=2)
        changed = answers()
        assert Stale.objects.count() == 4
        begin_anew()
        assert answers() == changed

    def test_a_folding_that_fails_changes_nothing(self, monkeypatch):
        enter(map(entered, NUMBERS))
        fold_all()
        change_some()
        before, stale = answers(), Stale.objects.count()

        def fail(_self):
            raise RuntimeError

        monkeypatch.setattr(folding._Folding, "_write_frame", fail)
        with pytest.raises(RuntimeError):
            fold(least_entries=2)
        assert Stale.objects.count() == stale
        assert answers() == before

    def test_another_process_sees_a_folding_and_the_next_change(self):
        enter(map(entered, NUMBERS))
        fold_all()
        before = answers()
        elsewhere(change_some)
        elsewhere(fold, least_entries=2)
        assert answers() != before
        begin_anew()
        fold_all()

    def test_only_one_folds_unless_it_waits(self):
        enter(map(entered, NUMBERS))
        with transaction.atomic(), connection.cursor() as cursor:
            assert folding._is_alone(cursor, waits=False)
            assert not elsewhere(fold)
            waiting = ThreadPoolExecutor(1).submit(alone, fold, waits=True)
        assert waiting.result(timeout=20)
        assert not Stale.objects.exists()


def elsewhere(work: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Done by another connection, and committed."""
    return ThreadPoolExecutor(1).submit(alone, work, *args, **options).result(timeout=20)


def alone(work: Callable[..., Any], *args: Any, **options: Any) -> Any:
    try:
        return work(*args, **options)
    finally:
        connection.close()
