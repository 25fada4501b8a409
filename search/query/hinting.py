"""Words of a query that mean a value of a facet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from search.analysis.words import stem_of
from search.sources import Hint

ONLY = "nur"


def without_hints(words: Sequence[str], hints: Collection[Hint]) -> tuple[list[str], list[Hint]]:
    """The words without those that mean a facet, and the „nur“ in front; and what these mean."""
    by_stems = {tuple(map(stem_of, each.split())): hint for hint in hints for each in hint.words}
    stems = [stem_of(word) for word in words]
    longest = max(map(len, by_stems), default=0)
    rest: list[str] = []
    meant: list[Hint] = []
    place = 0
    while place < len(words):
        ways = (tuple(stems[place : place + length]) for length in range(longest, 0, -1))
        found = next((way for way in ways if way in by_stems), None)
        if found is None:
            rest.append(words[place])
            place += 1
            continue
        if by_stems[found] not in meant:
            meant.append(by_stems[found])
        if rest and rest[-1].lower() == ONLY:
            rest.pop()
        place += len(found)
    return rest, meant
