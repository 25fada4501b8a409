"""Texts of hits with the found words marked, also inside compounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis.compounds import parts
from search.analysis.vectors import lexemes
from search.analysis.words import JOINT, Token, fold, stem, tokens
from search.query.terms import Terms

SNIPPET = 220
LETTERS = 3  # that stems have in common with what they are the stem of
SPACES = " \n\t"
SPACE = re.compile(f"[{SPACES}]")


@dataclass(frozen=True)
class Marker:
    """Marks in texts what a query found. Markers of the same stems are equal."""

    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, terms: Terms) -> Marker:
        return cls(frozenset(terms.lexemes()))

    @cached_property
    def _may_begin(self) -> re.Pattern[str] | None:
        """Where a word may hold what was found: stems begin like what they are the stem of."""
        starts = {each[:LETTERS] for each in self.stems}
        return re.compile("|".join(map(_spelled, sorted(starts))), re.IGNORECASE) if starts else None

    def finds(self, text: str) -> bool:
        return any(True for _place in self._found(text))

    def mark(self, text: str) -> SafeString:
        """The text, safe to show, with `<mark>` around what was found."""
        marked, place = [], 0
        for start, end in self._found(text):
            marked += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
            place = end
        return mark_safe("".join([*marked, escape(text[place:])]))  # noqa: S308  escaped piece by piece

    def snippet(self, text: str, length: int = SNIPPET) -> SafeString:
        """The part of the text around what was found first, marked; its beginning when nothing was."""
        text = " ".join(text.split())
        first, last = next(self._found(text), (0, 0))
        start = 0
        if last > length:
            start = text.rfind(" ", 0, max(first - length // 3, 0) + 1) + 1
        end = len(text)
        if end - start > length:
            cut = text.rfind(" ", start, start + length)
            end = cut if cut > max(start, last) else max(start + length, last)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{self.mark(text[start:end])}{after}")  # noqa: S308  escaped by mark

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where something begins and ends that was found."""
        for token in self._candidates(text):
            found = lexemes(token.text)
            if not self.stems.isdisjoint(found.whole):
                yield token.start, token.end
            elif not self.stems.isdisjoint(found.inner):
                yield self._place_in(token)

    def _candidates(self, text: str) -> Iterator[Token]:
        """The words to look at: to look at all would take longer than all else on a page of hits."""
        end = 0
        for match in self._may_begin.finditer(text) if self._may_begin else ():
            if match.start() >= end:
                start = max(text.rfind(space, end, match.start()) for space in SPACES) + 1
                start = max(start, end)
                behind = SPACE.search(text, match.end())
                end = behind.start() if behind else len(text)
                for token in tokens(text[start:end]):
                    yield Token(token.text, start + token.start, start + token.end)

    def _place_in(self, token: Token) -> tuple[int, int]:
        """The part of a compound that was found; all of it where its letters cannot be told apart."""
        folded = fold(token.text)
        found = parts(folded)
        if len(folded) == len(token.text):
            for length in range(len(found) - 1, 0, -1):
                for first in range(len(found) - length + 1):
                    part = "".join(found[first : first + length])
                    if stem(part) in self.stems:
                        start = token.start + len("".join(found[:first]))
                        return start, start + len(part)
        return token.start, token.end


def _spelled(folded: str) -> str:
    """A pattern of all ways to write these folded letters, with joints between them."""
    ways = [_letter(letter) for letter in folded.replace("ss", "ß")]
    return f"{JOINT.pattern}?".join(ways)


@cache
def _letter(folded: str) -> str:
    """A pattern of all ways to write a letter that is folded to this one; ß stands for two s."""
    if folded == "ß":
        return "(?:ss|ß)"
    others = "".join(sign for sign in map(chr, range(0xC0, 0x180)) if fold(sign) == folded)
    letter = f"[{re.escape(folded)}{others}]"
    if folded == "s":
        return "[sß]"
    return f"{letter}e?" if folded in "aou" else letter
