"""Phrases of words that are nearly everywhere: to look in every entry where they stand takes too long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.query.terms import Alternative, Group

MOST_CHECKED = 10_000  # entries of which one search looks where their words stand


@dataclass
class Reach:
    """How far a search may look. What lies beyond is searched as words that may stand anywhere."""

    numbers: Mapping[str, int]  # of entries that have a lexeme
    left: int = field(default_factory=lambda: MOST_CHECKED)
    beyond: list[str] = field(default_factory=list)  # phrases as they were typed

    def group(self, group: Group) -> Group:
        return replace(
            group, alternatives=tuple(self.alternative(each, group.typed) for each in group.alternatives)
        )

    def alternative(self, each: Alternative, typed: str) -> Alternative:
        if len(each.lexemes) == 1 or each.is_loose:
            return each
        number = min(self.numbers.get(lexeme, 0) for lexeme in each.lexemes)
        if number <= self.left:
            self.left -= number
            return each
        if typed not in self.beyond:
            self.beyond.append(typed)
        return replace(each, is_anywhere=True)
