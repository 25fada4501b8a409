"""Taking German compounds apart: „Bürgerbeteiligungsplattform“ is about Bürger, Beteiligung and a
Plattform.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import log

from search.analysis.dictionary import LEAST_LETTERS, SHORT, dictionary
from search.analysis.words import LONGEST, TOWNS, stem, without_women

LEAST_COMPOUND = 6
MOST_PARTS = 5
LONGEST_PART = 20


@lru_cache(maxsize=50_000)
def parts(folded: str) -> tuple[str, ...]:
    """The parts of a folded word, as they stand in it; empty when it is no compound.

    As few as possible: what begins or ends other compounds (Glasfaser, Plattform) is not cut further. Among
    equally many those that are usual.
    """
    size = len(folded)
    if not LEAST_COMPOUND <= size <= LONGEST or not folded.isalpha() or _is_one_word(folded):
        return ()
    # best[end] is the best way to cut folded[:end]: number of parts, how unusual they are, where they end.
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, ())}
    for start in range(size - 2):
        if start in best and best[start][0] < MOST_PARTS:
            number, unusual, cuts = best[start]
            for end in _ends_of_parts(folded, start):
                way = (number + 1, unusual - _usual(folded[start:end], is_last=end == size), (*cuts, end))
                if end not in best or way < best[end]:
                    best[end] = way
    if size not in best:
        return ()
    cuts = best[size][2]
    return tuple(folded[start:end] for start, end in zip((0, *cuts), cuts, strict=False))


def _is_one_word(folded: str) -> bool:
    """A town, also in „Zweibrückens Pläne“; and women: no Rinnen are in „Bürgerinnen“."""
    return folded in TOWNS or folded.removesuffix("s") in TOWNS or without_women(folded) != folded


def _ends_of_parts(folded: str, start: int) -> Iterator[int]:
    """Where a known part that begins at `start` ends."""
    size = len(folded)
    for end in range(start + 3, min(size, start + LONGEST_PART) + 1):
        is_whole = start == 0 and end == size
        leaves_a_stump = size - 3 < end < size
        if not is_whole and not leaves_a_stump and _usual(folded[start:end], is_last=end == size):
            yield end


@lru_cache(maxsize=50_000)
def _usual(part: str, *, is_last: bool) -> float:
    """How usual a part is in this place; 0 when it is none."""
    if len(part) < LEAST_LETTERS and part not in SHORT:
        return 0.0
    known = dictionary()
    return log(1 + (known.right if is_last else known.left).get(stem.__wrapped__(part), 0))


def is_part(folded: str, *, is_last: bool) -> bool:
    """Whether compounds begin or end with this word."""
    return _usual(folded, is_last=is_last) > 0


def inner_stems(folded: str) -> tuple[str, ...]:
    """Stems of all that a compound holds: its parts, and neighbouring ones together, but not the whole."""
    found = parts(folded)
    number = len(found)
    spans = (
        "".join(found[first : first + length])
        for length in range(1, number)
        for first in range(number - length + 1)
    )
    return tuple(dict.fromkeys(stem(span) for span in spans))
