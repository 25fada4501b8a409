"""Text as the database keeps it for searching: lexemes with their places and weights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from search.analysis.compounds import inner_stems
from search.analysis.compounds import parts as parts_of_compound
from search.analysis.dictionary import dictionary
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import fold, pieces, plain, stem, written

# A lexeme of the title stands in the vector a second time with this in front, so that an index finds titles
# alone.
IN_TITLE = "^"
# Weights of whole words and of what compounds hold, by where they stand.
TITLE, KEYWORDS, BODY = ("A", "B"), ("B", "C"), ("C", "D")
GAP = 8  # between texts, so that no phrase reaches from one into the next
LAST_PLACE = 16_000  # PostgreSQL's places end at 16383
MOST_PLACES = 12  # of one lexeme; more tell nothing
# PostgreSQL keeps at most a megabyte of a thing. What a lexeme may take there: four bytes a letter, and its
# places. Only texts with tens of thousands of different words come near it; of those the last are left out.
ROOM, BYTES_A_LETTER, BYTES_OF_PLACES = 1_000_000, 4, 2 * (MOST_PLACES + 1)
SHORT_WORD = 2
# What joins the first part of a compound to the next.
JOINED = re.compile(r"(?<=ung|eit|ion|tät|aft)s$")
MOST_PIECES = 12  # of one word with hyphens


class Lexemes(NamedTuple):
    """What one written word is found by: itself, and what it holds."""

    whole: tuple[str, ...]
    inner: tuple[str, ...]


@lru_cache(maxsize=100_000)
def lexemes(word: str) -> Lexemes:
    """The lexemes of a word as it was written; nothing for a stop word."""
    parts = [folded for piece in pieces(word)[:MOST_PIECES] if (folded := fold(piece))]
    if len(parts) == 1:
        return _of_single(parts[0])
    whole = [stem("".join(parts))]
    if all(part.isdigit() for part in parts):  # 2.500, 24.12.2026
        return Lexemes(tuple(whole), ())
    inner: list[str] = []
    for place, part in enumerate(parts):
        if part not in STOP_WORDS and len(part) >= SHORT_WORD:
            found = _of_single(part)
            inner += [*found.whole, *found.inner]
        if place and min(len(part), len(parts[place - 1])) <= SHORT_WORD:  # E-Akte, i-Kfz, LoRa-WAN
            inner.append(stem(parts[place - 1] + part))
    return Lexemes(tuple(whole), tuple(dict.fromkeys(each for each in inner if each not in whole)))


def _of_single(folded: str) -> Lexemes:
    if folded in STOP_WORDS:
        return Lexemes((), ())
    word = stem(folded)
    verb = dictionary().participles.get(word)
    return Lexemes(
        (word, verb) if verb else (word,), tuple(each for each in inner_stems(folded) if each != word)
    )


def lexemes_of_name(word: str) -> Lexemes:
    """The same of a word in a name: also what a hyphen joins, but no parts of compounds."""
    whole, inner = lexemes(word)
    joined = {stem(fold(piece)) for piece in pieces(word)[:MOST_PIECES]}
    return Lexemes(whole, tuple(each for each in inner if each in joined))


@lru_cache(maxsize=100_000)
def surfaces(word: str) -> tuple[tuple[str, str], ...]:
    """Lexemes of a written word with how each is written: the word, what joints hold together, its parts."""
    found = [(lexeme, word) for lexeme in lexemes(word).whole]
    long_enough = [piece for piece in pieces(word)[:MOST_PIECES] if len(piece) > SHORT_WORD]
    for piece in long_enough:
        folded, place = fold(piece), 0
        if len(long_enough) > 1 and folded not in STOP_WORDS:
            found.append((stem(folded), piece))
        if len(folded) == len(piece):  # else its parts cannot be found in it
            for part in parts_of_compound(folded):
                surface = JOINED.sub("", piece[place : place + len(part)])
                found.append((stem(part), surface.capitalize() if piece[0].isupper() else surface))
                place += len(part)
    return tuple(found)


class Texts(NamedTuple):
    """What a thing is found by; each line of the keywords for itself.

    `is_name`: the title is the name of a place, of which no word is taken apart.
    """

    title: str
    lead: str
    keywords: str
    body: str
    is_name: bool = False


class Analysed(NamedTuple):
    """Vectors of things as PostgreSQL reads them, and how the lexemes of all of them are written."""

    words: list[str]
    surfaces: dict[str, str]


def analyse(texts: Iterable[Texts]) -> Analysed:
    words: list[str] = []
    surfaces: dict[str, str] = {}
    for each in texts:
        vector = _vector_of(each)
        words.append(str(vector))
        surfaces |= vector.surfaces
    return Analysed(words, surfaces)


def _vector_of(texts: Texts) -> Vector:
    vector = Vector()
    vector.add(texts.title, TITLE, is_title=True, is_name=texts.is_name)
    vector.add(texts.lead, KEYWORDS)
    for keyword in texts.keywords.splitlines():
        vector.add(keyword, KEYWORDS)
    vector.add(texts.body, BODY)
    return vector


class Vector:
    """Collects the lexemes of a thing's texts."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._place = 0
        self._room = ROOM
        self._in_title: dict[str, None] = {}
        self._written: dict[str, None] = {}  # words as they were written, in the order of their first places

    def add(
        self, text: str, weights: tuple[str, str], *, is_title: bool = False, is_name: bool = False
    ) -> None:
        lexemes_in = lexemes_of_name if is_name else lexemes
        words = written(plain(text))
        self._written |= dict.fromkeys(words)
        for place, word in enumerate(words, self._place + 1):
            whole, inner = lexemes_in(word)
            if whole:  # no stop word
                place = min(place, LAST_PLACE)
                self._put(whole, f"{place}{weights[0]}")
                self._put(inner, f"{place}{weights[1]}")
                if is_title:
                    self._in_title |= dict.fromkeys((*whole, *inner))
        self._place += len(words) + GAP

    def _put(self, lexemes: tuple[str, ...], place: str) -> None:
        for lexeme in lexemes:
            places = self._places.get(lexeme)
            if places is None:
                self._room -= BYTES_A_LETTER * len(lexeme) + BYTES_OF_PLACES
                if self._room > 0:
                    self._places[lexeme] = [place]
            elif len(places) < MOST_PLACES:
                places.append(place)

    @property
    def words(self) -> set[str]:
        """Lexemes without those that say where."""
        return set(self._places)

    @property
    def surfaces(self) -> dict[str, str]:
        """How lexemes are written where they first stand."""
        found: dict[str, str] = {}
        for word in self._written:
            for lexeme, surface in surfaces(word):
                found.setdefault(lexeme, surface)
        return found

    def __str__(self) -> str:
        """As PostgreSQL reads a tsvector."""
        placed = [f"{quoted(lexeme)}:{','.join(places)}" for lexeme, places in self._places.items()]
        return " ".join(placed + [quoted(IN_TITLE + lexeme) for lexeme in self._in_title])


def quoted(lexeme: str) -> str:
    """A lexeme as tsvector and tsquery read it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
