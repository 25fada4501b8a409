"""Two texts side by side: what was taken out, what was put in, and what stayed, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from practices.history.prose import Block, Kind

Change = Literal["same", "removed", "added"]
WORD = re.compile(r"\S+\s*")
SENTENCE = re.compile(r".+?(?:[.!?:;](?=\s)\s*|$)", re.DOTALL)
# Above this many pairs of words two paragraphs are compared by sentences: comparing words takes its square.
MOST_PAIRS = 400_000
# Paragraphs that share less than this are two different ones, not one that was changed.
LEAST_ALIKE = 0.35
# Of a long unchanged passage only the neighbours of a change stay in view.
KEPT_AROUND, LEAST_FOLDED = 1, 2


@dataclass(frozen=True)
class Piece:
    text: str
    change: Change = "same"


@dataclass(frozen=True)
class Passage:
    """A block with its changes inside, or several unchanged ones that are `folded` away."""

    pieces: tuple[Piece, ...] = ()
    kind: Kind = "text"
    folded: tuple[Passage, ...] = ()


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[Passage]:
    """All of both texts in reading order; long unchanged parts folded. Nothing when they say the same."""
    if list(old) == list(new):
        return []
    passages: list[Passage] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    groups = matcher.get_opcodes()
    for number, (change, i1, i2, j1, j2) in enumerate(groups):
        if change == "equal":
            same = [_whole(block, "same") for block in old[i1:i2]]
            passages += _fold(same, is_first=number == 0, is_last=number == len(groups) - 1)
        else:
            passages += _replaced(old[i1:i2], new[j1:j2])
    return passages


def words_between(old: str, new: str) -> tuple[Piece, ...]:
    """One text that became another, word by word."""
    a, b = WORD.findall(old), WORD.findall(new)
    if len(a) * len(b) > MOST_PAIRS:
        a, b = SENTENCE.findall(old), SENTENCE.findall(new)
    pieces: list[Piece] = []
    # Words are compared without the space behind them: the last word of a text has none.
    matcher = SequenceMatcher(
        None, [word.strip() for word in a], [word.strip() for word in b], autojunk=False
    )
    for change, i1, i2, j1, j2 in _calm(matcher.get_opcodes()):
        if change == "equal":
            pieces.append(Piece("".join(b[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("".join(a[i1:i2]), "removed"))
        if j2 > j1:
            pieces.append(Piece("".join(b[j1:j2]), "added"))
    return tuple(_spaced(pieces))


Opcode = tuple[str, int, int, int, int]


def _calm(opcodes: Sequence[Opcode]) -> Iterator[Opcode]:
    """Single equal words between two changes join them: a patchwork of words is hard to read."""
    pending: Opcode | None = None
    for number, code in enumerate(opcodes):
        change, i1, i2, j1, j2 = code
        is_island = change == "equal" and i2 - i1 == 1 and 0 < number < len(opcodes) - 1
        if change != "equal" or is_island:
            pending = ("replace", pending[1], i2, pending[3], j2) if pending else ("replace", i1, i2, j1, j2)
            continue
        if pending:
            yield pending
            pending = None
        yield code
    if pending:
        yield pending


def _spaced(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A removed last word would stick to what was put in for it."""
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        yield piece if is_last or piece.text.endswith(" ") else Piece(f"{piece.text} ", piece.change)


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> list[Passage]:
    """Each new block beside the old one it came from; what has no partner is new or gone as a whole."""
    passages: list[Passage] = []
    new_ones: list[Passage] = []
    at = 0
    for block in new:
        partner = next((n for n in range(at, len(old)) if _are_alike(old[n], block)), None)
        if partner is None:
            new_ones.append(_whole(block, "added"))
            continue
        passages += [_whole(gone, "removed") for gone in old[at:partner]] + new_ones
        passages.append(Passage(words_between(old[partner].text, block.text), block.kind))
        at, new_ones = partner + 1, []
    return passages + [_whole(gone, "removed") for gone in old[at:]] + new_ones


def _are_alike(old: Block, new: Block) -> bool:
    # A value is replaced as a whole; of a paragraph that became a heading both are shown.
    if "value" in {old.kind, new.kind} or old.text == new.text:
        return False
    a, b = old.text.lower().split(), new.text.lower().split()
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= LEAST_ALIKE


def _whole(block: Block, change: Change) -> Passage:
    return Passage((Piece(block.text, change),), block.kind)


def _fold(passages: list[Passage], *, is_first: bool, is_last: bool) -> list[Passage]:
    before = 0 if is_first else KEPT_AROUND
    after = len(passages) - (0 if is_last else KEPT_AROUND)
    hidden = passages[before:after]
    if len(hidden) < LEAST_FOLDED:
        return passages
    return [*passages[:before], Passage(folded=tuple(hidden)), *passages[after:]]
