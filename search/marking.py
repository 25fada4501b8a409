"""Texts of hits with the found words marked, also inside compounds."""

from __future__ import annotations

import codecs
import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis.compounds import parts
from search.analysis.dictionary import participles_of
from search.analysis.vectors import lexemes
from search.analysis.words import JOINT, Token, fold, stem, tokens
from search.query.partly import tells
from search.query.terms import Terms

SNIPPET = 220
MARKED = "<mark>"
Span = tuple[int, int]  # where something begins in a text, and where it ends
LEAST = 3  # letters that stems have in common with what they are the stem of
BETWEEN_TEXTS = "\x1e"
SPACES = f" \n\t{BETWEEN_TEXTS}"
SPACE = re.compile(f"[{SPACES}]")
# Looking for letters takes a tenth of the time in bytes. Western letters and signs have one each, so that
# places stay what they are.
BYTES = "latin-1"
FOLDED_AS_THEY_ARE = "ß"  # stands for two letters, which `_spelled` knows
UNSPELLED = 0  # letters of other scripts, and those that fold to others than one: CO², 1½
OTHERS, NOWHERE = re.compile(re.escape(bytes([UNSPELLED]))), re.compile(b"(?!)")
NAME_FOR_OTHERS = "ikone.unspelled"


def _letter(octet: int) -> int:
    sign = bytes([octet]).decode(BYTES, "replace")
    folded = fold(sign)
    if sign in FOLDED_AS_THEY_ARE or not sign.isalnum():
        return octet
    is_one_letter = len(folded) == 1 and folded.isascii() and folded.isalpha() == sign.isalpha()
    return ord(folded) if is_one_letter else UNSPELLED


LETTERS = bytes(map(_letter, range(256)))


def _others(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101  narrows the type
    signs = error.object[error.start : error.end]
    return "".join(
        "-" if JOINT.match(sign) else chr(UNSPELLED) if sign.isalnum() else "?" for sign in signs
    ), error.end


codecs.register_error(NAME_FOR_OTHERS, _others)


def _letters(text: str) -> bytes:
    """The text folded, a byte for each sign."""
    return text.encode(BYTES, NAME_FOR_OTHERS).translate(LETTERS)


@dataclass(frozen=True)
class Marker:
    """Marks in texts what a query found. Markers of the same stems are equal."""

    stems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, terms: Terms) -> Marker:
        """Without what says nothing by itself: talk, and Geld of Elterngeld where that is not meant."""
        return cls(
            frozenset(
                lexeme
                for group in terms.groups
                if group.tells
                for each in group.alternatives
                for place, lexeme in enumerate(each.lexemes)
                if not each.is_loose or tells(lexeme, is_first=place == 0)
            )
        )

    @cached_property
    def _may_begin(self) -> re.Pattern[bytes]:
        """Where a word may hold what was found: stems begin like what they are the stem of, or like a
        participle of it.
        """
        stems = {*self.stems, *(each for stem in self.stems for each in participles_of(stem))}
        return _one_of(each[:LEAST] for each in stems)

    @cached_property
    def _stems(self) -> re.Pattern[bytes]:
        """Where a word holds the letters of a stem itself."""
        return _one_of(self.stems)

    def mark(self, text: str) -> SafeString:
        """The text, safe to show, with `<mark>` around what was found."""
        marked, place = [], 0
        for start, end in self._found(text, self._places(_letters(text))):
            marked += [escape(text[place:start]), MARKED, escape(text[start:end]), "</mark>"]
            place = end
        return mark_safe("".join([*marked, escape(text[place:])]))  # noqa: S308  escaped piece by piece

    def snippet(self, text: str, length: int = SNIPPET) -> SafeString:
        """The part of the text around what was found first, marked; its beginning when nothing was."""
        text = " ".join(text.split())
        return self._piece(text, *next(self._found(text, self._places(_letters(text))), (0, 0)), length)

    def first_snippet(
        self, texts: Iterable[str], length: int = SNIPPET, plain: Callable[[str], str] = str
    ) -> SafeString:
        """The same of the first text in which something was found; nothing where nothing was.

        `plain` makes plain text of markup; to do so with all texts would take longer than to look for words.
        Stems as they are written are looked for first. To look for all ways to write them takes ten times as
        long, and for all that they may be hidden in still longer.
        """
        whole = BETWEEN_TEXTS.join(texts)
        letters = _letters(whole)
        ways = (self._first_places(letters), _spans(self._stems, letters), self._places(letters))
        for places in ways:
            end = 0
            for first, _last in self._found(whole, places):
                if first >= end:  # else what was found there stands in the markup alone
                    start = whole.rfind(BETWEEN_TEXTS, 0, first) + 1
                    end = whole.find(BETWEEN_TEXTS, first) + 1 or len(whole) + 1
                    snippet = self.snippet(plain(whole[start : end - 1]), length)
                    if MARKED in snippet:
                        return snippet
        return SafeString("")

    def _piece(self, text: str, first: int, last: int, length: int) -> SafeString:
        """The text from `first` to `last`, marked, with as much around it as there is room for."""
        start = 0
        if last > length:
            start = text.rfind(" ", 0, max(first - length // 3, 0) + 1) + 1
        end = len(text)
        if end - start > length:
            cut = text.rfind(" ", start, start + length)
            end = cut if cut > max(start, last) else max(start + length, last)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{self.mark(text[start:end])}{after}")  # noqa: S308  escaped by mark

    def _first_places(self, letters: bytes) -> Iterator[Span]:
        """Where each stem stands first letter for letter."""
        found = ((letters.find(stem.encode(BYTES, "replace")), len(stem)) for stem in self.stems)
        yield from sorted((place, place + length) for place, length in found if place >= 0)

    def _places(self, letters: bytes) -> Iterator[Span]:
        """Where a word may hold what was found."""
        places = _spans(self._may_begin, letters)
        # Seldom there are others, and a pattern of both takes several times as long.
        return heapq.merge(places, _spans(OTHERS, letters)) if UNSPELLED in letters else places

    def _found(self, text: str, places: Iterable[Span]) -> Iterator[Span]:
        """Where something begins and ends that was found."""
        for token in _words_at(text, places):
            found = lexemes(token.text)
            if not self.stems.isdisjoint(found.whole):
                yield token.start, token.end
            elif not self.stems.isdisjoint(found.inner):
                yield self._place_in(token)

    def _place_in(self, token: Token) -> Span:
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


def _spans(pattern: re.Pattern[bytes], letters: bytes) -> Iterator[Span]:
    return (match.span() for match in pattern.finditer(letters))


def _words_at(text: str, places: Iterable[Span]) -> Iterator[Token]:
    """The words to look at: to look at all would take longer than all else on a page of hits."""
    end = 0
    for first, last in places:
        if first >= end:
            start = max(end, *(text.rfind(space, end, first) + 1 for space in SPACES))
            behind = SPACE.search(text, last)
            end = behind.start() if behind else len(text)
            for token in tokens(text[start:end]):
                yield Token(token.text, start + token.start, start + token.end)


def _one_of(stems: Iterable[str]) -> re.Pattern[bytes]:
    """A pattern of letters as `LETTERS` writes them."""
    spelled = "|".join(_spelled(stem) for stem in sorted(set(stems)) if stem.isascii())
    return re.compile(spelled.encode(BYTES, "ignore")) if spelled else NOWHERE


def _spelled(folded: str) -> str:
    """A pattern of all ways to write these folded letters, with joints between them."""
    between = f"{JOINT.pattern}?"
    sharp = f"[s{FOLDED_AS_THEY_ARE}]"
    ways = {
        "s": f"{sharp}(?:{between}{sharp})*",
        **{vowel: f"{vowel}(?:{between}e){{0,2}}" for vowel in "aou"},
    }
    return between.join(ways.get(letter, re.escape(letter)) for letter in re.sub("s+", "s", folded))
