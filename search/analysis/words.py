"""Words as the search compares them: found in text, in one spelling, without their endings.

Both sides use it, what is entered and what is asked, so it alone decides which words are the same.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from search.analysis.lists import towns

LONGEST = 60  # letters of a word that count; longer ones are hardly German
# A word may hold hyphens, dots and the like: E-Akte, publiccode.yml, Mitarbeiter:innen, i-Kfz, O'Connor.
TOKEN = re.compile(r"[^\W_]+(?:[-‐‑.:*/&'’·][^\W_]+)*")
JOINT = re.compile(r"[-‐‑.:*/&'’·]")
# „Bürger:innenbefragung“ is a Bürgerbefragung.
GENDERED = re.compile(r"[:*/·’']in(?:nen|$)", re.IGNORECASE)
SIGNS = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "œ": "o", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
# „ue“ stands for „ü“, but not in „neue“, „Steuer“ or „Quelle“.
SPELLED_OUT = re.compile(r"ae|oe|(?<![aeoq])ue")
# „digitalisieren“, „digitalisiert“ and „Digitalisierung“ are one word.
IERE = re.compile(r"(?<=..ier)(?:en?|end(?:e[nmrs]?)?|st|t(?:e[nmrs]?)?|ung(?:en)?|ungs)$")
# „Bürgerinnen“ and „Bürger“ are one word to the search; „Rinnen“ and „beginnen“ only end alike.
WOMEN = re.compile(r"(?<=..)(er|or|ar|ur|nt|st|at|rt|mt|zt|nd|eg|og|ch)innen$|(?<=...)(er|or|ist|ent)in$")
LOAN_PLURAL = re.compile(r"(?<=..[apoy])s$|(?<=...et)s$")  # Apps, Tablets
_local = threading.local()


class Token(NamedTuple):
    """A word of a text: as it stands there, and from where to where."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    for found in TOKEN.finditer(text):
        yield Token(found[0], found.start(), found.end())


def written(text: str) -> list[str]:
    """The words of a text as they stand there; quicker than `tokens` where nobody asks for places."""
    return TOKEN.findall(text)


def plain(text: str) -> str:
    """NFC without the null bytes that the database refuses."""
    return unicodedata.normalize("NFC", text).replace("\x00", " ")


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One spelling for all ways to type it: „Bürger“, „Buerger“ and „BURGER“ become `burger`."""
    lowered = word.lower().translate(SIGNS)
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(sign for sign in lowered if not unicodedata.combining(sign))
    if "ae" in lowered or "oe" in lowered or "ue" in lowered:  # asking first is cheaper than the pattern
        lowered = SPELLED_OUT.sub(lambda found: found[0][0], lowered)
    return lowered


TOWNS = frozenset(fold(town) for town in towns())
# Their last letter is no ending: „Pirmasenser Straße“ is one in Pirmasens.
STEMS = frozenset(town for town in TOWNS if town.endswith("s"))


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """A folded word without what inflection puts behind it."""
    if folded in STEMS:
        return folded
    if len(folded) > LONGEST:
        folded = folded[:LONGEST]
    if folded.endswith(("innen", "in")):
        folded = without_women(folded)
    if "ier" in folded and (shorter := IERE.sub("", folded)) != folded:
        return shorter
    return _without_loan_plural(_stemmer().stemWord(_without_loan_plural(folded)))


def without_women(folded: str) -> str:
    """The word that women are called by the longer form of: „beraterinnen“ is `berater`. Schwerin stays."""
    return folded if folded in TOWNS else WOMEN.sub(r"\1\2", folded)


def _without_loan_plural(word: str) -> str:
    return LOAN_PLURAL.sub("", word) if word.endswith("s") else word


def stem_of(word: str) -> str:
    return stem(fold(word))


def pieces(word: str) -> list[str]:
    """What joints hold together: `E`, `Akte`. What only names women as well is no piece."""
    found = JOINT.split(word)
    return found if len(found) == 1 else JOINT.split(GENDERED.sub("", word))


def _stemmer() -> Stemmer.Stemmer:
    """Stemmers are not safe to share between threads."""
    stemmer: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("german", 0)  # stems are kept above
    return stemmer
