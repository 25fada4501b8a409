"""Lists, counts and paging over search entries."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from search.checking import Drift, differences
from search.entries import EntryData, enter, rebuild, withdraw
from search.models import Audience, Entry
from search.packing import FIELDS
from search.paging import Cursor
from search.searching import ANSWERS, Answer, Question, Sort, search
from search.sources import Source, _sources

pytestmark = pytest.mark.django_db

SOURCE = 77
FIRST_DAY = dt.date(2026, 1, 1)


PLACES = {"kind": FIELDS[0], "phase": FIELDS[1], "state": FIELDS[2], "size": FIELDS[3]}


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of thing that only these tests know."""
    monkeypatch.setitem(_sources, SOURCE, Source(SOURCE, "tested", list, lambda _ids: [], PLACES))


def thing(number: int, **changes: Any) -> EntryData:
    values: dict[str, Any] = {
        "source": SOURCE,
        "object_id": number,
        "audience": Audience.PUBLIC,
        "date": FIRST_DAY + dt.timedelta(days=number),
        "title": f"Beitrag {number}",
        "topics": [1],
        "facets": 0,
    }
    return EntryData(**(values | changes))


def ask(**changes: Any) -> Answer:
    return search(Question(**({"source": SOURCE, "audience": Audience.PUBLIC} | changes)))


def ids(**changes: Any) -> list[int]:
    return ask(**changes).page.ids


def total(**changes: Any) -> int:
    return ask(**changes).total


def test_visitors_neither_see_nor_count_what_the_network_shares():
    enter([thing(1), thing(2, audience=Audience.NETWORK, topics=[1, 2])])
    assert ids() == [1]
    assert total() == 1
    assert 2 not in ask().counts.by_topic
    assert ids(audience=Audience.NETWORK) == [2, 1]
    assert ask(audience=Audience.NETWORK).counts.by_topic == {1: 2, 2: 1}


def test_marks_narrow_and_widen_like_topics():
    enter([thing(1, marks=[1, 2]), thing(2, marks=[2]), thing(3)])
    assert ids(marks=[1, 2]) == [2, 1]
    assert ids(marks=[1]) == [1]
    assert ask(marks=[1]).counts.by_mark == {1: 1, 2: 2}


def test_several_topics_widen_the_list_and_count_each_thing_once():
    enter([thing(1, topics=[1, 2]), thing(2, topics=[2]), thing(3, topics=[3])])
    assert ids(topics=[1, 2]) == [2, 1]
    assert total(topics=[1, 2]) == 2


def test_counts_follow_every_change_of_an_entry():
    enter([thing(1), thing(2)])
    enter([thing(1, topics=[2], facets=3, audience=Audience.NETWORK)])
    withdraw(SOURCE, [2])
    assert total() == 0
    counts = ask(audience=Audience.NETWORK).counts
    assert (counts.by_topic, counts.by_facet["kind"]) == ({2: 1}, {3: 1})


@pytest.mark.parametrize("sort", list(Sort))
def test_paging_forward_and_back_shows_each_thing_once(sort):
    # Same dates on purpose: the order must not depend on them alone.
    enter(thing(number, date=FIRST_DAY, body="Netz", title=f"Netz {number % 2}") for number in range(25))
    text = "netz" if sort == Sort.RELEVANCE else ""
    query = QueryDict()
    seen: list[list[int]] = []
    while True:
        page = ask(sort=sort, text=text, page_size=10, cursor=Cursor.from_query(query)).page
        seen.append(page.ids)
        if not page.has_next:
            break
        query = QueryDict(page.next_query(query))
    assert [len(page_ids) for page_ids in seen] == [10, 10, 5]
    assert len({number for page_ids in seen for number in page_ids}) == 25
    previous = ask(
        sort=sort, text=text, page_size=10, cursor=Cursor.from_query(QueryDict(page.previous_query(query)))
    ).page
    assert previous.ids == seen[1]
    assert (previous.has_previous, previous.has_next) == (True, True)


def test_a_cursor_that_somebody_wrote_by_hand_is_the_first_page():
    enter(thing(number) for number in range(3))
    for token in ("", "x", "WyIyMDI2LTAzLTI4Iiw4N10:1xVd1v:gefaelscht", "\x00", "9" * 5000):
        query = QueryDict(mutable=True)
        query["nach"] = token
        assert Cursor.from_query(query) is None


def test_a_cursor_of_another_order_is_the_first_page():
    enter(thing(number, title="Netz") for number in range(3))
    query = QueryDict(ask(page_size=2).page.next_query(QueryDict()))
    assert ids(sort=Sort.RELEVANCE, text="netz", cursor=Cursor.from_query(query)) == [2, 1, 0]


def test_paging_keeps_the_filters_of_the_address():
    enter(thing(number) for number in range(3))
    query = QueryDict(ask(page_size=2).page.next_query(QueryDict("thema=a&thema=b&nach=alt")))
    assert query.getlist("thema") == ["a", "b"]
    assert len(query.getlist("nach")) == 1


def test_german_words_are_found_in_other_forms_and_a_hit_in_the_title_comes_first():
    enter(
        [
            thing(1, title="Glasfaser für Schulen"),
            thing(2, title="Anderes", body="Alle Schulen bekommen ein Netz."),
            thing(3, title="Straßenlampen", body="Licht"),
        ]
    )
    assert ids(text="schule", sort=Sort.RELEVANCE) == [1, 2]
    assert ids(text="schule -glasfaser", sort=Sort.RELEVANCE) == [2]


@pytest.mark.parametrize(
    "text", ["'", '"', "a & | !", "((((", ":*", "\\", "💡", "x" * 10_000, "-", "a:b:c <-> d"]
)
def test_any_text_is_a_safe_query(text):
    enter([thing(1)])
    assert ids(text=text, sort=Sort.RELEVANCE) in ([], [1])


def test_a_thing_has_one_entry_however_often_it_is_entered():
    enter([thing(1)])
    enter([thing(1, title="Neu")])
    assert Entry.objects.filter(source=SOURCE).count() == 1


def test_only_the_topics_that_are_shown_are_counted():
    enter(thing(number, topics=[1, 2, 3]) for number in range(4))
    assert ask(counted_topics=[2, 9]).counts.by_topic == {2: 4}
    assert ask(topics=[2, 3], counted_topics=[1]).counts.by_topic == {1: 4}
    assert ask(topics=[2, 3], counted_topics=[1]).counts.total == 4


@pytest.mark.parametrize("size", [1, 50])
def test_a_list_costs_few_queries_however_long(size, django_assert_num_queries):
    enter(thing(number, city_id=1) for number in range(size))
    for queries, filters in ((3, {}), (3, {"city_id": 1}), (3, {"text": "beitrag"})):
        ANSWERS.forget()
        with django_assert_num_queries(queries):
            ask(**filters)


def test_a_rebuild_restores_entries_from_the_registered_things():
    enter([thing(99_999, source=1)])
    rebuild()
    assert not Entry.objects.filter(object_id=99_999).exists()


@pytest.mark.parametrize("key", [("aachen", "05334002"), (1,), (True, "2026-01-01", 5), ("2026-01-01", "x")])
@pytest.mark.parametrize("is_backward", [False, True])
def test_a_cursor_of_another_list_counts_as_none(key, is_backward) -> None:
    enter([thing(number) for number in range(3)])
    page = ask(cursor=Cursor(key, is_backward)).page
    assert page.ids == [2, 1, 0]
    assert not page.has_previous


def test_a_check_finds_every_entry_that_differs_from_its_thing(monkeypatch):
    things = [thing(1), thing(2), thing(3, title="Neuer Titel")]
    monkeypatch.setitem(_sources, SOURCE, Source(SOURCE, "tested", lambda: things, lambda _ids: [], PLACES))
    enter([thing(1), thing(3), thing(4)])
    found = {(each.object_id, each.drift) for each in differences() if each.source.code == SOURCE}
    assert found == {(2, Drift.MISSING), (3, Drift.OUTDATED), (4, Drift.LEFT_OVER)}
    rebuild()
    assert not list(differences())
