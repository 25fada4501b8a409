"""Words with their weights: few are everywhere, most are rare, as in any text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from tests.bench.generator.words import words

T = TypeVar("T")

ARTICLES = {
    "m": ("der", "den", "dem", "des"),
    "f": ("die", "die", "der", "der"),
    "n": ("das", "das", "dem", "des"),
}
ADJECTIVE_ENDINGS = {
    "m": ("e", "en", "en", "en"),
    "f": ("e", "e", "en", "en"),
    "n": ("e", "e", "en", "en"),
}
CASES = ("nom", "akk", "dat", "gen")
ADJECTIVE_VARIANTS = 2  # each noun also stands with so many adjectives


def zipf(count: int, *, flat: float = 1.0, exponent: float = 1.0) -> list[float]:
    """Cumulative weights of `count` ranks; the larger `flat`, the less the first ranks stand out."""
    return list(accumulate((rank + flat) ** -exponent for rank in range(count)))


def picks(rng: random.Random, choices: Sequence[T], cumulative: list[float] | None = None) -> Iterator[T]:
    """Random choices without end."""
    while True:
        yield from rng.choices(choices, cum_weights=cumulative, k=1024)


def by_share(rng: random.Random, shares: Mapping[T, float]) -> Iterator[T]:
    """Random choices without end, each as often as its share says."""
    yield from picks(rng, list(shares), list(accumulate(shares.values())))


@dataclass(frozen=True)
class Noun:
    word: str
    gender: str
    genitive_ending: str = ""

    def in_case(self, number: int, adjective: str = "") -> str:
        """With its definite article; `number` counts nominative, accusative, dative, genitive from 0."""
        ending = self.genitive_ending if number == 3 else ""
        if adjective:
            adjective = f"{adjective}{ADJECTIVE_ENDINGS[self.gender][number]} "
        return f"{ARTICLES[self.gender][number]} {adjective}{self.word}{ending}"


class Lexicon:
    """All compounds of the vocabulary in an order of frequency that the seed decides."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        heads = [head.split(":") for head in words("heads")]
        self.nouns = [Noun(part + head, *grammar) for part in words("parts") for head, *grammar in heads]
        self._rng.shuffle(self.nouns)

    @cached_property
    def weights(self) -> list[float]:
        return zipf(len(self.nouns), flat=20)

    @cached_property
    def phrase_weights(self) -> list[float]:
        """Cumulative weights of `phrases`."""
        single = [b - a for a, b in zip([0.0, *self.weights], self.weights, strict=False)]
        return list(accumulate(weight for weight in single for _ in range(1 + ADJECTIVE_VARIANTS)))

    @cached_property
    def phrases(self) -> dict[str, list[str]]:
        """By case: every noun with its article, once bare and some times with an adjective."""
        adjectives = [["", *self._rng.sample(words("adjectives"), ADJECTIVE_VARIANTS)] for _ in self.nouns]
        return {
            case: [
                noun.in_case(number, adjective)
                for noun, variants in zip(self.nouns, adjectives, strict=True)
                for adjective in variants
            ]
            for number, case in enumerate(CASES)
        }

    def rare_words(self, rng: random.Random) -> Iterator[str]:
        """Long compounds that hardly ever come twice."""
        parts, nouns = picks(rng, words("parts")), picks(rng, self.nouns)
        while True:
            yield f"{next(parts)}{next(nouns).word.lower()}"
