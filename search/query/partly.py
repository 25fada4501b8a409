"""Compounds that nothing has: which of their parts may stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.analysis.compounds import parts
from search.analysis.dictionary import dictionary
from search.analysis.stopwords import TALK
from search.analysis.words import pieces, stem
from search.query.terms import PARTS, Alternative, Group
from search.query.wording import parts_of

LONGEST_SHORT = 3  # letters of a part that is mostly chance
# Compounds of the word list that end with a part, from which it alone says nothing: Amt, Dienst, System. The
# first part tells which Amt it is, so that only the most usual ones say nothing: Bau, Stand, Haus.
VAGUE, VAGUE_FIRST = 70, 200


def parts_within(word: str) -> list[str]:
    """The parts of a word, and those that these are made of."""
    found = parts_of(word)
    return [*found, *(inner for part in found for inner in parts(part))]


def tells(part: str, *, is_first: bool) -> bool:
    """Whether a part of a compound says by itself what the compound is about."""
    number = dictionary().right.get(stem(part), 0)
    return part not in TALK and number < (VAGUE_FIRST if is_first else VAGUE)


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
    own = parts_of(word)
    by_part = {part: groups for part in own if (groups := _known(part, numbers))}
    is_whole = len(by_part) == len(own) > 1
    # „bot“ alone says nothing of a Chatbot; in „Park-App“ somebody has put the parts apart.
    if not is_whole and len(pieces(word)) == 1:
        by_part = {part: groups for part, groups in by_part.items() if len(part) > LONGEST_SHORT}
    telling = [part for part in by_part if tells(part, is_first=part == own[0])]
    if telling:
        groups = [
            replace(group, tells=group.tells and part in telling)
            for part, of_part in by_part.items()
            if is_whole or part in telling
            for group in of_part
        ]
        return Instead(groups, telling, is_whole)
    if is_whole:
        stems = tuple(dict.fromkeys(stem(part) for part in own))
        together = Alternative(stems, PARTS, is_loose=len(stems) > 1, is_close=True)
        return Instead([Group(word, (together,))], own, is_whole)
    return Instead()


def _known(part: str, numbers: Mapping[str, int]) -> list[Group]:
    """The part itself, or where nothing has it, all that it is made of."""
    if numbers.get(stem(part)):
        return [Group(part, (Alternative((stem(part),), PARTS),))]
    inner = instead_of(part, numbers) if parts(part) else Instead()
    return inner.groups if inner.is_whole else []
