"""Single words of a query: what they are compared by, what they are made of, how a name is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.analysis.compounds import parts
from search.analysis.stopwords import STOP_WORDS, TALK
from search.analysis.vectors import lexemes
from search.analysis.words import fold, pieces, stem
from search.query.terms import Alternative, phrase_of

SMALL_IN_NAMES = frozenset(
    {"am", "an", "auf", "bei", "der", "den", "dem", "die", "im", "in", "ob", "und", "vor"}
)

# What joins the first part of a compound to the next, but for words like Kurs and Hals.
BETWEEN = re.compile(r"(?:(?<=....[bdfghklmnrt])|(?<=..t))s$")
LONGEST_NAME = 6  # words of a city's name
VERB_ENDINGS = ("t", "st", "te", "tet", "test", "ten")  # which the stemmer leaves on some verbs
LEAST_ROOT = 3


def key_of(word: str) -> str:
    whole = lexemes(word).whole
    return whole[0] if whole else stem(fold(word))


def alternative_of(typed: str) -> Alternative:
    return phrase_of(typed) or Alternative((stem(fold(typed)),))


def capitalised(word: str) -> str:
    """A word of a city's name as it is written: „landau in der pfalz“ is Landau in der Pfalz."""
    if word in SMALL_IN_NAMES or not word.islower():
        return word
    return "-".join(piece if piece in SMALL_IN_NAMES else piece.capitalize() for piece in word.split("-"))


def names_in(words: Sequence[str]) -> list[str]:
    """What could be a city's name: neighbouring words, the longest first; words like „weil“ not alone."""
    folded = [fold(word) for word in words]
    spans = [
        folded[place : place + length]
        for length in range(min(LONGEST_NAME, len(folded)), 0, -1)
        for place in range(len(folded) - length + 1)
    ]
    return [" ".join(span) for span in spans if len(span) > 1 or span[0] not in STOP_WORDS | TALK]


def name_as_typed(name: str, typed: Sequence[str]) -> str:
    length = len(name.split(" "))
    for place in range(len(typed) - length + 1):
        words = typed[place : place + length]
        if " ".join(fold(word) for word in words) == name:
            return " ".join(map(capitalised, words))
    return name


def parts_of(word: str) -> list[str]:
    """What a compound or a word with hyphens is made of; single letters only with their neighbour."""
    found = [fold(piece) for piece in pieces(word) if piece]
    if len(found) == 1:
        return list(parts(found[0]))
    return [part for part in found if len(part) > 1]


def written_in(typed: str, part: str) -> str:
    """A part of a compound as it is written inside the typed word: „burger“ of „Bürgerinitiative“ is Bürger.

    "" where its letters cannot be told apart.
    """
    for start in range(len(typed)):
        for end in range(start + len(part) - typed.count("ß"), min(len(typed), start + 2 * len(part)) + 1):
            if fold(typed[start:end]) == part:
                found = typed[start:end]
                found = found if end == len(typed) else BETWEEN.sub("", found)
                return found[0].upper() + found[1:] if typed[0].isupper() else found
    return ""


def joined(typed: str, surfaces: Sequence[str]) -> str:
    """Words that a mistyped compound is made of, as one word where they make one: „Messung folgt“ do not."""
    first, *others = surfaces
    if not all(each[:1].isupper() == typed[:1].isupper() for each in surfaces):
        return " ".join(surfaces)
    for each in others:
        folded = fold(first)
        between = "s" if fold(typed).startswith(f"{folded}s") and not fold(each).startswith("s") else ""
        first += between + each.lower()
    return first


def infinitives(word: str) -> dict[str, str]:
    """What a conjugated verb may come from, by the stem that the search knows it by: „spart“ is sparen.

    Words with a capital are no verbs to begin with: „Haft“ has nothing to do with Häfen.
    """
    if not word[:1].islower():
        return {}
    roots = [word.removesuffix(ending) for ending in VERB_ENDINGS if word.endswith(ending)]
    return {stem(fold(f"{root}en")): f"{root}en" for root in roots if len(root) >= LEAST_ROOT}
