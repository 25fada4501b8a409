"""The search finds what people mean, measured. `make relevance` also writes the report."""

import os
import tomllib
from pathlib import Path

import pytest

from tests.relevance import corpus
from tests.relevance.figures import ALL, measure, ndcg_at_10, recall_at_5
from tests.relevance.report import Measured, report
from tests.relevance.systems import SYSTEMS, prepare

PARTS = ("queries", "held_out")
FLOORS = tomllib.loads((corpus.HERE / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture
def measured(db: None) -> dict[str, Measured]:
    keys = corpus.load()
    prepare()
    return {
        part: {name: measure(corpus.queries(part), system, keys) for name, system in SYSTEMS.items()}
        for part in PARTS
    }


def test_search_is_as_good_as_it_was_and_better_than_plain_full_text(measured: dict[str, Measured]) -> None:
    written = report(measured, writeups=len(corpus.content()["writeup"]))
    if target := os.environ.get("RELEVANCE_REPORT"):
        Path(target).write_text(written, encoding="utf-8")
    for part in PARTS:
        whole = {name: by_kind[ALL] for name, by_kind in measured[part].items()}
        floor = FLOORS[part]
        assert whole["portal"].ndcg >= floor["ndcg"], written
        assert whole["portal"].recall >= floor["recall"], written
        assert whole["portal"].zero <= floor["zero"], written
        assert whole["portal"].ndcg > whole["OR + trigrams"].ndcg > whole["full text"].ndcg, written


def test_every_graded_write_up_exists_and_every_query_is_there_once(db: None) -> None:
    keys = set(corpus.load().values())
    rows = [row for part in PARTS for row in corpus.queries(part)]
    assert {key for row in rows for key in row["grades"]} <= keys
    assert len({row["text"] for row in rows}) == len(rows) >= 120
    assert all(grade in {1, 2, 3} for row in rows for grade in row["grades"].values())


def test_figures_are_what_their_names_say() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg_at_10(["a", "b", "c"], grades) == 1
    assert 0 < ndcg_at_10(["c", "b", "a"], grades) < 1
    assert ndcg_at_10(["x"], grades) == 0
    assert recall_at_5(["x", "b"], grades) == 0.5
    assert recall_at_5(["x", "y", "z", "v", "w", "a"], grades) == 0
