"""Numbers of hits."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from search.asking import Question
from search.packing import FIELDS
from search.sources import source_of


@dataclass
class Counts:
    """`by_facet` goes by the names that the source gives its fields."""

    total: int = 0
    by_facet: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    by_topic: Counter[int] = field(default_factory=Counter)
    by_further_topic: Counter[int] = field(default_factory=Counter)
    by_mark: Counter[int] = field(default_factory=Counter)
    by_source: Counter[int] = field(default_factory=Counter)


def named(question: Question, by_field: list[Counter[int]]) -> dict[str, Counter[int]]:
    """By the names that the source gives its fields."""
    fields = {} if question.source is None else source_of(question.source).facets
    return defaultdict(Counter, {name: by_field[FIELDS.index(bits)] for name, bits in fields.items()})
