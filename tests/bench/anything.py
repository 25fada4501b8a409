"""Whatever somebody types: generated queries against all that searches, each of which must answer in time."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode

from ikone import api
from tests.bench.client import Browser
from tests.bench.generator.lexicon import Lexicon
from tests.bench.generator.words import words as words_of

LIMIT = 300.0  # milliseconds for any single one
SLOWEST = 5
ADDRESSES = ("/suche/", "/praxis/", "/suche/vorschlaege/", "/api/v1/search", "/api/v1/practices")
SIGNS = (*"\"„“-+*:&|!()'\\%_\x00😀؟", "--", "<->")
SCRIPTS = "абвгдеابتثपफबभ漢字仮名한국어αβγ"
GOOD = {200, 302, 404, 422}


@dataclass
class Generated:
    """Times in milliseconds."""

    times: list[float] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20, method="inclusive")[18]

    @property
    def over(self) -> int:
        return sum(time > LIMIT for time in self.times)


def ask_anything(number: int, seed: int) -> Generated:
    """Ask so many queries. Raises RuntimeError when one answers what it should not."""
    found, visitor = Generated(), Browser()
    for place, address in enumerate(_addresses(number, seed)):
        if place % 100 == 0:
            api.COUNTS.clear()  # the throttle is not what is measured
            sys.stderr.write(f"\rgenerated queries, {place:,} of {number:,} ")
        answer = visitor.get(address)
        if answer.status not in GOOD:
            raise RuntimeError(f"{address[:300]} answered {answer.status}")
        milliseconds = 1000 * answer.seconds
        found.times.append(milliseconds)
        found.slowest = sorted([*found.slowest, (milliseconds, address[:120])], reverse=True)[:SLOWEST]
    sys.stderr.write("\n")
    return found


def _addresses(number: int, seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    nouns = [noun.word for noun in Lexicon(seed).nouns]
    parts = words_of("parts")

    def piece() -> str:
        kind = rng.random()
        if kind < 0.3:
            return rng.choice(nouns)
        if kind < 0.45:
            return rng.choice(parts)
        if kind < 0.6:  # mistyped
            word = rng.choice(nouns)
            cut = rng.randrange(len(word))
            return word[:cut] + rng.choice("abcdefghijklmnopqrstuvwxyzäöüß") + word[cut + 1 :]
        if kind < 0.8:
            return rng.choice(SIGNS)
        alphabet = SCRIPTS if kind < 0.9 else "abcdefghijklmnopqrstuvwxyzäöüßABC0123456789"
        return "".join(rng.choices(alphabet, k=rng.randint(1, 12)))

    for _ in range(number):
        joint = rng.choice((" ", " ", " ", ""))
        text = joint.join(piece() for _ in range(rng.randint(1, 12)))
        if rng.random() < 0.03:
            text = (text * 10_000)[:10_000]
        elif rng.random() < 0.5:
            text = text[:100]  # so that the others are not all refused for their length
        yield f"{rng.choice(ADDRESSES)}?{urlencode({'q': text}, errors='replace')}"
