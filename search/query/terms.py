"""What a query asks for, as groups of alternatives, and how the database is asked for them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import combinations, islice, pairwise
from operator import and_, or_

from search.analysis.stopwords import STOP_WORDS
from search.analysis.vectors import IN_TITLE, lexemes, quoted
from search.analysis.words import fold, tokens
from search.asking import LACKS
from search.bitmaps.view import Leaf, View

# A word as it was typed, words that mean the same, a near spelling, the parts of a compound close to one
# another.
SAME, SYNONYM, SPELLING, PARTS = 1.0, 0.75, 0.8, 0.6
MOST_IN_LEVEL = 40  # combinations of groups in one query


@dataclass(frozen=True)
class Alternative:
    """One way to have a word. Several lexemes stand behind one another, or `is_loose` close together."""

    lexemes: tuple[str, ...]
    factor: float = SAME
    is_loose: bool = False
    is_anywhere: bool = False
    is_close: bool = False  # loose parts that say too little to be looked for further apart
    distances: tuple[int, ...] = ()

    def widened(self) -> Alternative:
        """Loose parts may stand anywhere."""
        return replace(self, is_anywhere=self.is_loose and not self.is_close)

    def query(self) -> str:
        words = [quoted(lexeme) for lexeme in self.lexemes]
        if len(words) == 1:
            return words[0]
        if self.is_anywhere:
            return f"({' & '.join(words)})"
        if not self.is_loose:
            steps = self.distances or (1,) * (len(words) - 1)
            behind = "".join(f" <{step}> {word}" for step, word in zip(steps, words[1:], strict=True))
            return f"({words[0]}{behind})"
        # „Ausbau der Glasfaser“, „Glasfaser ausbauen“, both in one compound.
        pairs = []
        for first, second in pairwise(words):
            ways = [f"{first} <{step}> {second}" for step in (0, 1, 2)]
            ways += [f"{second} <{step}> {first}" for step in (1, 2, 3)]
            pairs.append(f"({' | '.join(ways)})")
        return f"({' & '.join(pairs)})"

    def leaves(self) -> list[Leaf]:
        """Conditions that are all fulfilled by what has it."""
        if len(self.lexemes) == 1 or self.is_anywhere:
            return [_word(lexeme) for lexeme in self.lexemes]
        return [Leaf(self.query())]

    def leaves_in_title(self) -> list[Leaf]:
        return [_word(IN_TITLE + lexeme) for lexeme in self.lexemes]

    def in_title(self) -> str:
        return f"({' & '.join(leaf.tsquery for leaf in self.leaves_in_title())})"


def _word(lexeme: str) -> Leaf:
    return Leaf(quoted(lexeme), lexeme)


@dataclass(frozen=True)
class Group:
    """What one typed word stands for. An optional one only helps to rank; one that does not tell makes no hit
    by itself.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    is_required: bool = True
    tells: bool = True
    weight: float = 1.0  # how rare it is

    def query(self) -> str:
        return f"({' | '.join(alternative.query() for alternative in self.alternatives)})"

    def in_title(self) -> str:
        return f"({' | '.join(alternative.in_title() for alternative in self.alternatives)})"

    def among(self, view: View) -> int:
        """Entries that have one of the alternatives."""
        return _any(_all(view.leaves[leaf] for leaf in each.leaves()) for each in self.alternatives)

    def in_titles_among(self, view: View) -> int:
        return _any(_all(view.leaves[leaf] for leaf in each.leaves_in_title()) for each in self.alternatives)

    def is_known(self, numbers: dict[str, int]) -> bool:
        """Whether some entry has all lexemes of an alternative, by how many entries have each."""
        return any(all(numbers.get(lexeme) for lexeme in each.lexemes) for each in self.alternatives)

    def is_by_synonym(self, numbers: dict[str, int]) -> bool:
        """Whether no entry has the word itself, but words that mean the same are searched."""
        own, *others = self.alternatives
        return own.factor == SAME and bool(others) and not all(map(numbers.get, own.lexemes))

    def weighed(self, numbers: dict[str, int]) -> Group:
        """With the weight that BM25 gives to words as rare as this one."""
        everything = max(numbers.get("", 0), 1)
        most = max(
            (min(numbers.get(lexeme, 0) for lexeme in each.lexemes) for each in self.alternatives), default=0
        )
        most = min(most, everything)
        return replace(self, weight=math.log(1 + (everything - most + 0.5) / (most + 0.5)))


@dataclass(frozen=True)
class Terms:
    """A whole query. `excluded` are alternatives that no hit may have."""

    groups: tuple[Group, ...] = ()
    excluded: tuple[Alternative, ...] = ()

    @property
    def required(self) -> list[Group]:
        return [group for group in self.groups if group.is_required]

    def levels(self) -> list[Level]:
        """What to try one after another: all required groups, most of them, any, compounds by their parts,
        and at last any group.
        """
        number = len(self.required)
        leasts = dict.fromkeys(each for each in (number, math.ceil(number * 0.6), 1) if each > 0)
        levels = [Level(self, least) for least in leasts] or [Level(self, 0)]
        if any(each.is_loose and not each.is_close for group in self.groups for each in group.alternatives):
            levels.append(Level(self._with_parts_anywhere(), levels[-1].least))
        if self.required and any(group.tells and not group.is_required for group in self.groups):
            everything = Terms(tuple(replace(g, is_required=True) for g in self.groups), self.excluded)
            levels.append(Level(everything, 1))
        return levels

    def _with_parts_anywhere(self) -> Terms:
        """Parts of compounds need not stand side by side."""
        return replace(
            self,
            groups=tuple(
                replace(group, alternatives=tuple(each.widened() for each in group.alternatives))
                for group in self.groups
            ),
        )

    def lexemes(self) -> set[str]:
        return {lexeme for group in self.groups for each in group.alternatives for lexeme in each.lexemes}


@dataclass(frozen=True)
class Level:
    """Entries that have at least so many of the required groups, and nothing that is excluded."""

    terms: Terms
    least: int

    @cached_property
    def _ways(self) -> list[tuple[Group, ...]]:
        required = sorted(self.terms.required, key=lambda group: -group.weight)
        if not required:
            return []
        telling = {group for group in required if group.tells} or set(required)
        ways = (way for way in combinations(required, self.least) if not telling.isdisjoint(way))
        return list(islice(ways, MOST_IN_LEVEL))

    def query(self) -> str:
        """As the database is asked for them; "" when nothing is required, and where words are only excluded,
        LACKS and what no hit may have.
        """
        if not self._ways:
            unwanted = " | ".join(each.query() for each in self.terms.excluded)
            return f"{LACKS}{unwanted}" if unwanted else ""
        ways = [" & ".join(group.query() for group in way) for way in self._ways]
        positive = ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"
        return " & ".join([positive, *(f"!{each.query()}" for each in self.terms.excluded)])

    def leaves(self) -> set[Leaf]:
        """The conditions that `among` needs."""
        alternatives = [each for group in self.terms.required for each in group.alternatives]
        return {leaf for each in (*alternatives, *self.terms.excluded) for leaf in each.leaves()}

    def among(self, view: View, bits: int) -> int:
        """Which of these entries they are."""
        by_group = {group: group.among(view) for group in self.terms.required}
        if self._ways:
            bits &= _any(_all(by_group[group] for group in way) for way in self._ways)
        for each in self.terms.excluded:
            bits &= ~_all(view.leaves[leaf] for leaf in each.leaves())
        return bits


def _all(sets: Iterable[int]) -> int:
    return reduce(and_, sets)


def _any(sets: Iterable[int]) -> int:
    return reduce(or_, sets, 0)


def phrase_of(text: str) -> Alternative | None:
    """Words that stand behind one another; stop words between them count as places."""
    found: list[tuple[int, str]] = []
    for place, token in enumerate(tokens(text)):
        whole = lexemes(token.text).whole
        if whole:
            found.append((place, whole[0]))
    if not found:
        return None
    places, words = zip(*found, strict=True)
    return Alternative(words, distances=tuple(b - a for a, b in pairwise(places)))


def is_stop_word(word: str) -> bool:
    return fold(word) in STOP_WORDS


def all_in_title(groups: Sequence[Group]) -> str:
    return " & ".join(group.in_title() for group in groups)
