"""Exact numbers by facet, topic and mark, each as if nothing of its own facet were chosen."""

from collections import Counter

import pytest

from search.entries import enter
from search.models import Audience
from search.packing import FIELDS
from tests.search.test_searching import ask, source, thing  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def packed(kind: int, phase: int = 0, state: int = 0) -> int:
    return FIELDS[0].put(kind) | FIELDS[1].put(phase) | FIELDS[2].put(state)


@pytest.mark.parametrize("words_or_city", [{}, {"text": "beitrag"}, {"city_id": 5}])
@pytest.mark.parametrize("states", [[], [2]])
def test_each_facet_counts_as_if_nothing_of_its_own_were_chosen(words_or_city, states):
    numbers = range(60)
    enter(
        thing(n, topics=[1, 10 + n % 3], facets=packed(n % 4, n % 5, n % 3), city_id=5, marks=[1 + n % 2])
        for n in numbers
    )
    answer = ask(topics=[10], facets={"kind": [0, 1], "state": states}, page_size=60, **words_or_city)

    def fits(n: int, *, without: str = "") -> bool:
        return (
            (without == "topic" or n % 3 == 0)
            and (without == "kind" or n % 4 in {0, 1})
            and (without == "state" or not states or n % 3 in states)
        )

    counts = answer.counts
    assert sorted(answer.page.ids) == [n for n in numbers if fits(n)]
    assert counts.total == sum(fits(n) for n in numbers)
    for kind in range(4):
        assert counts.by_facet["kind"][kind] == sum(n % 4 == kind for n in numbers if fits(n, without="kind"))
    for phase in range(5):
        assert counts.by_facet["phase"][phase] == sum(n % 5 == phase for n in numbers if fits(n))
    for state in range(3):
        expected = sum(n % 3 == state for n in numbers if fits(n, without="state"))
        assert counts.by_facet["state"][state] == expected
    for topic in (10, 11, 12):
        expected = sum(10 + n % 3 == topic for n in numbers if fits(n, without="topic"))
        assert counts.by_topic[topic] == expected
    for mark in (1, 2):
        assert counts.by_mark[mark] == sum(1 + n % 2 == mark for n in numbers if fits(n))


@pytest.mark.parametrize("asked", [{}, {"text": "beitrag"}])
@pytest.mark.parametrize(
    ("kinds", "states", "sizes"), [([], [2], []), ([0, 1], [1, 2], []), ([], [1], [1]), ([2], [], [])]
)
def test_several_filters_narrow_each_others_numbers(asked, kinds, states, sizes):
    numbers = range(120)
    enter(
        thing(
            n,
            topics=[1, 10 + n % 3],
            facets=packed(n % 4, n % 5, n % 3) | FIELDS[3].put(n % 2),
            marks=[1 + n % 2],
            audience=Audience.NETWORK if n % 7 == 0 else Audience.PUBLIC,
        )
        for n in numbers
    )
    counts = ask(facets={"kind": kinds, "state": states, "size": sizes}, **asked).counts
    chosen = {
        "kind": (kinds, lambda n: n % 4),
        "state": (states, lambda n: n % 3),
        "size": (sizes, lambda n: n % 2),
    }

    def expected(of, *, without=""):
        fitting = [
            n
            for n in numbers
            if n % 7
            and all(
                not codes or name == without or code(n) in codes for name, (codes, code) in chosen.items()
            )
        ]
        return {value: number for value, number in Counter(map(of, fitting)).items() if number}

    for name, (_codes, code) in chosen.items():
        assert {value: n for value, n in counts.by_facet[name].items() if n} == expected(code, without=name)
    assert {value: n for value, n in counts.by_facet["phase"].items() if n} == expected(lambda n: n % 5)
    assert {topic: n for topic, n in counts.by_topic.items() if topic > 1} == expected(lambda n: 10 + n % 3)
    assert counts.by_mark == expected(lambda n: 1 + n % 2)
    assert counts.total == sum(expected(lambda n: 0).values())


@pytest.mark.parametrize("kinds", [[], [0, 1]])
@pytest.mark.parametrize("counted", [None, [1, 10, 11]])
def test_several_labels_of_one_filter_count_beside_one_another(counted, kinds):
    numbers = range(60)
    enter(
        thing(n, topics=[1, 10 + n % 3, 20 + n % 5], facets=packed(n % 4, n % 3), marks=[1 + n % 3])
        for n in numbers
    )
    counts = ask(
        topics=[10, 11],
        further_topics=[20, 21],
        marks=[1, 2],
        facets={"kind": kinds},
        counted_topics=counted,
        counted_further=[20, 21, 22],
    ).counts

    def number(label, *, without):
        chosen = {
            "topic": lambda n: n % 3 in {0, 1},
            "further": lambda n: n % 5 in {0, 1},
            "mark": lambda n: n % 3 in {0, 1},
            "kind": lambda n: not kinds or n % 4 in kinds,
        }
        return sum(
            label(n) and all(fits(n) for name, fits in chosen.items() if name != without) for n in numbers
        )

    assert counts.total == number(lambda _n: True, without="")
    shown = {10: 0, 11: 1} if counted else {10: 0, 11: 1, 12: 2}
    for topic, rest in shown.items():
        expected = number(lambda n, rest=rest: n % 3 == rest, without="topic")
        assert counts.by_topic[topic] == expected
    for rest in range(3):
        expected = number(lambda n, rest=rest: n % 5 == rest, without="further")
        assert counts.by_further_topic[20 + rest] == expected
        expected = number(lambda n, rest=rest: n % 3 == rest, without="mark")
        assert counts.by_mark[1 + rest] == expected
