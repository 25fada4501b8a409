"""Single words of a query: what they are compared by, what they are made of, how a name is written."""

from __future__ import annotations

from search.analysis.compounds import parts
from search.analysis.vectors import lexemes
from search.analysis.words import fold, pieces, stem
from search.query.terms import Alternative, phrase_of

SMALL_IN_NAMES = frozenset(
    {"am", "an", "auf", "bei", "der", "den", "dem", "die", "im", "in", "ob", "und", "vor"}
)

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


def parts_of(word: str) -> list[str]:
    """What a compound or a word with hyphens is made of; single letters only with their neighbour."""
    found = [fold(piece) for piece in pieces(word) if piece]
    if len(found) == 1:
        return list(parts(found[0]))
    return [part for part in found if len(part) > 1]


def infinitives(word: str) -> dict[str, str]:
    """What a conjugated verb may come from, by the stem that the search knows it by: „spart“ is sparen.

    Words with a capital are no verbs to begin with: „Haft“ has nothing to do with Häfen.
    """
    if not word[:1].islower():
        return {}
    roots = [word.removesuffix(ending) for ending in VERB_ENDINGS if word.endswith(ending)]
    return {stem(fold(f"{root}en")): f"{root}en" for root in roots if len(root) >= LEAST_ROOT}
