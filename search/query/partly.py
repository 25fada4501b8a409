"""Compounds that nothing has: which of their parts may stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.analysis.compounds import parts
from search.analysis.dictionary import dictionary, is_word
from search.analysis.stopwords import TALK, VAGUE_FIRST
from search.analysis.words import fold, pieces, stem
from search.query.terms import PARTS, Alternative, Group
from search.query.wording import parts_of

LONGEST_SHORT = 3  # letters of a part that is mostly chance
# Compounds of the word list that end with a part, from which it alone says nothing: Amt, Dienst, System. The
# first part tells which Amt it is, and only words of many meanings say nothing: Bau, Stand, Haus.
VAGUE = 70
LEAST_HALF, LONGEST_JOINED = 4, 24  # letters


def parts_within(word: str) -> list[str]:
    """The parts of a word, and those that these are made of; of a word that is none, where it may be cut."""
    found = parts_of(word)
    inner = [inner for part in found for inner in parts(part)]
    return [*found, *inner, *(half for cut in _cuts(word) for half in cut)]


def known_parts_of(word: str, numbers: Mapping[str, int]) -> list[str]:
    """What a word is made of. „Smartcity“ is no German compound, yet something has both of its halves."""
    known = [cut for cut in _cuts(word) if all(numbers.get(stem(half)) for half in cut)]
    # Short halves are mostly chance.
    return list(max(known, key=lambda cut: min(map(len, cut)))) if known else parts_of(word)


def _cuts(word: str) -> list[tuple[str, str]]:
    """All ways to cut a word that neither is one of the word list nor a compound of such."""
    folded = fold(word)
    if not (2 * LEAST_HALF <= len(folded) <= LONGEST_JOINED and folded.isalpha()) or parts_of(word):
        return []
    if is_word(stem(folded)):
        return []
    return [(folded[:at], folded[at:]) for at in range(LEAST_HALF, len(folded) - LEAST_HALF + 1)]


def tells(part: str, *, is_first: bool) -> bool:
    """Whether a part of a compound says by itself what the compound is about."""
    stemmed = stem(part)
    if part in TALK:
        return False
    return stemmed not in VAGUE_FIRST if is_first else dictionary().right.get(stemmed, 0) < VAGUE


@dataclass(frozen=True)
class Instead:
    """What is searched instead of a word, and the parts of it that this says. `is_whole`: these are all."""

    groups: list[Group] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    is_whole: bool = False


def instead_of(word: str, numbers: Mapping[str, int]) -> Instead:
    """What to search instead of a word that nothing has, by how many entries have each lexeme: the parts that
    tell something, or all of them close together. Nothing where none tells what it is about.
    """
    own = known_parts_of(word, numbers)
    by_part = {part: each for part in own if (each := _known(part, numbers, is_first=part == own[0])).groups}
    is_whole = len(by_part) == len(own) > 1 and all(each.is_whole for each in by_part.values())
    # „bot“ alone says nothing of a Chatbot; in „Park-App“ somebody has put the parts apart.
    if not is_whole and len(pieces(word)) == 1:
        by_part = {part: each for part, each in by_part.items() if len(part) > LONGEST_SHORT}
    telling = [part for each in by_part.values() for part in each.parts]
    if telling:
        groups = [
            replace(group, tells=group.tells and bool(each.parts))
            for each in by_part.values()
            if is_whole or each.parts
            for group in each.groups
        ]
        return Instead(groups, telling, is_whole)
    if is_whole:
        stems = tuple(dict.fromkeys(stem(part) for part in own))
        together = Alternative(stems, PARTS, is_loose=len(stems) > 1, is_close=True)
        return Instead([Group(word, (together,))], own, is_whole)
    return Instead()


def _known(part: str, numbers: Mapping[str, int], *, is_first: bool) -> Instead:
    """The part itself, or where nothing has it, what it is made of; with those of its parts that tell."""
    if numbers.get(stem(part)):
        telling = [part] if tells(part, is_first=is_first) else []
        return Instead([Group(part, (Alternative((stem(part),), PARTS),))], telling, is_whole=True)
    inner = instead_of(part, numbers) if parts(part) else Instead()
    if inner.is_whole:
        return replace(inner, parts=[part] if tells(part, is_first=is_first) else [])
    return inner
