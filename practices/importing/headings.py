"""Which section of the record a heading of somebody's document means."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from search.folding import german_slug

VOCABULARY = Path(__file__).with_name("headings.toml")

# „2.1 “, „3) “, „IV. “, „b) “; a bare number only before known words: „5 Jahre“ is no chapter.
NUMBERING = re.compile(
    r"^\s*(?:(?:\d{1,2}|[ivx]{1,5}|[a-z])[.)]|\d{1,2}(?:\.\d{1,2})+[.)]?)(?=\s|[^\W\d_])\s*", re.I
)
BARE_NUMBER = re.compile(r"^\d{1,2}\s+")
LONGEST_HEADING = 120  # characters; more is a sentence
FOLDED_LENGTH = 2 * LONGEST_HEADING
CLOSE_ENOUGH = 0.84
MOST_WORDS_AROUND = 6


def section_of(heading: str, *, exactly: bool = False) -> str:
    """The field that a heading means, or "". `exactly` allows nothing around the known words but typos."""
    words = _folded(heading)
    if not words or len(words) > LONGEST_HEADING:
        return ""
    known = _known()
    if words in known:
        return known[words]
    if not exactly and (found := _within(words, known)):
        return found
    close = get_close_matches(words, known, n=1, cutoff=CLOSE_ENOUGH) if len(words) > 5 else []
    return known[close[0]] if close else ""


def head_of(heading: str) -> str:
    """ "title" or "summary" where a heading or the label of a form asks for it, else ""."""
    return _head().get(_folded(heading), "")


def is_named_like_section(heading: str) -> bool:
    """Whether the heading says no more than its section's own label would."""
    return _folded(heading) in _known()


def without_numbering(heading: str) -> str:
    return NUMBERING.sub("", heading).strip(" :.–-\u00a0\t")


def _folded(heading: str) -> str:
    words = german_slug(BARE_NUMBER.sub("", without_numbering(heading)), FOLDED_LENGTH).split("-")
    return " ".join(word for word in words if word not in _words()["filling"]) or " ".join(words)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(VOCABULARY.read_text())


@cache
def _known() -> dict[str, str]:
    return {_folded(word): name for name, words in _words()["sections"].items() for word in words}


@cache
def _head() -> dict[str, str]:
    return {_folded(word): name for name, words in _words()["head"].items() for word in words}


def _within(words: str, known: dict[str, str]) -> str:
    """The known words that come first in a longer heading; of two that begin there the longer."""
    if len(words.split()) > MOST_WORDS_AROUND:
        return ""
    padded = f" {words} "
    found = [
        (padded.index(f" {known_words} "), -len(known_words))
        for known_words in known
        if f" {known_words} " in padded
    ]
    if not found:
        return ""
    start, length = min(found)
    return known[padded[start + 1 : start + 1 - length]]
