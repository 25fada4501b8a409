"""How good a list of answers is: nDCG@10, recall@5, and how often there is none at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean
from typing import Any

HELPS = 2  # the grade from which a write-up is an answer
ALL = "all"


@dataclass(frozen=True)
class Figures:
    """Means over queries."""

    queries: int
    ndcg: float
    recall: float
    zero: float


def ndcg_at_10(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Gain 2^grade − 1, discounted by the logarithm of the place, against the best possible order."""
    best = sum(_gain(grade, place) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return sum(_gain(grades.get(key, 0), place) for place, key in enumerate(found[:10])) / best


def _gain(grade: int, place: int) -> float:
    return float(2**grade - 1) / log2(place + 2)


def recall_at_5(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Part of the answers that stand among the first five; of more than five, five are all one can ask."""
    answers = {key for key, grade in grades.items() if grade >= HELPS}
    return len(answers & set(found[:5])) / min(len(answers), 5)


def measure(
    rows: Iterable[Mapping[str, Any]], system: Callable[[str], list[int]], keys: Mapping[int, str]
) -> dict[str, Figures]:
    """Figures by kind of query, and of all of them under `ALL`."""
    scores: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row in rows:
        found = [keys[pk] for pk in system(row["text"])]
        score = (ndcg_at_10(found, row["grades"]), recall_at_5(found, row["grades"]), float(not found))
        scores[row["kind"]].append(score)
        scores[ALL].append(score)
    return {
        kind: Figures(len(of_kind), *map(mean, zip(*of_kind, strict=True)))
        for kind, of_kind in scores.items()
    }
