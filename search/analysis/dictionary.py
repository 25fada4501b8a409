"""What German compounds are made of: word parts, and how many compounds of a word list have them.

The word list is simplemma's, far too large to keep in every process. `python -m search.analysis.dictionary`
draws the parts out of it once, at set-up, into a small file beside this module. Without the file the first
who needs it makes it, which takes about a quarter of a minute.
"""

from __future__ import annotations

import base64
import logging
import os
import re
import sys
import tempfile
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from search.analysis.lists import fingerprint, lists
from search.analysis.words import fold, stem

FILE = Path(__file__).with_name("german.words")
# What decides about the parts; when it changes, they are drawn anew.
EDITION = f"# 9 {version('simplemma')} {version('PyStemmer')} {fingerprint('parts')}"
LEAST_LETTERS = 4
# Shorter parts are mostly chance; these are not.
_LISTS = {name: text.split() for name, text in lists("parts").items()}
SHORT = frozenset(_LISTS["short"])
MORE = 30
LEAST_COMPOUNDS, LEAST_COMPOUNDS_OF_LONG, LONG = 4, 2, 6
PLAIN_WORD = re.compile(r"[a-zäöüß]+", re.IGNORECASE)
PARTICIPLE = re.compile(r"(?:ab|an|auf|aus|bei|durch|ein|mit|nach|um|vor|weiter|zu|zurück|zusammen)?ge.{3,}t")


class Dictionary(NamedTuple):
    """Stems of parts, with how many compounds begin or end with them; the verb of each participle; and marks
    of the stems of all words of the list, sorted.
    """

    left: dict[str, int]
    right: dict[str, int]
    participles: dict[str, str]
    words: array[int]


@cache
def dictionary() -> Dictionary:
    try:
        lines = FILE.read_text().splitlines()
    except FileNotFoundError:
        lines = []
    if not lines or lines[0] != EDITION:
        lines = list(_draw())
        _keep(lines)
    return _read(lines[1:])


def is_word(stemmed: str) -> bool:
    """Whether the word list has a word with this stem, whatever the entries have."""
    words, mark = dictionary().words, _mark(stemmed)
    place = bisect_left(words, mark)
    return place < len(words) and words[place] == mark


def _mark(stemmed: str) -> int:
    """Four bytes instead of a string: of ten thousand words that are none, not one is taken for one."""
    return zlib.crc32(stemmed.encode())


def participles_of(verb: str) -> list[str]:
    """Stems of a verb's participles, by its own stem."""
    return _participles_by_verb().get(verb, [])


@cache
def _participles_by_verb() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for participle, verb in dictionary().participles.items():
        found.setdefault(verb, []).append(participle)
    return found


def _read(lines: Iterable[str]) -> Dictionary:
    left, right, participles = {}, {}, {}
    words = array("I")
    for line in lines:
        kind, word, value = line.split(" ")
        if kind == "<":
            left[word] = int(value)
        elif kind == ">":
            right[word] = int(value)
        elif kind == "=":
            participles[word] = value
        else:
            words.frombytes(base64.b64decode(value))
            if word != sys.byteorder:
                words.byteswap()
    return Dictionary(left, right, participles, words)


def _keep(lines: Iterable[str]) -> None:
    """Where the program's folder may not be written, every process draws its own."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=FILE.parent, delete=False) as file:
            file.write("\n".join(lines) + "\n")
        os.chmod(file.name, 0o644)
        Path(file.name).replace(FILE)
    except OSError as error:
        logging.getLogger(__name__).warning("The German word parts cannot be kept: %s", error)


def _draw() -> Iterable[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import (  # noqa: PLC0415  large, needed once
        DefaultDictionaryFactory,
    )

    # The factory's mapping unpacks every word each time that it is asked for.
    lemmas: dict[str, str] = dict(DefaultDictionaryFactory().get_dictionary("de").items())
    nouns = {word for word in lemmas.values() if PLAIN_WORD.fullmatch(word) and word.istitle()}
    left, right = _parts(lemmas, nouns)
    yield EDITION
    for sign, parts in (("<", left), (">", right)):
        yield from (f"{sign} {word} {number}" for word, number in sorted(parts.items()))
    yield from (f"= {word} {verb}" for word, verb in sorted(_participles(lemmas, nouns).items()))
    marks = array("I", sorted({_mark(stem(fold(word))) for word in lemmas if PLAIN_WORD.fullmatch(word)}))
    yield f"? {sys.byteorder} {base64.b64encode(marks.tobytes()).decode()}"


def _parts(lemmas: dict[str, str], nouns: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How many nouns of the list each word begins or ends, once cut where their parts are most usual."""
    known = {folded for noun in nouns if _is_long_enough(folded := fold(noun))}
    ends = {stem(word) for word in known} - set(_LISTS["never_last"])
    forms = {fold(form) for form, lemma in lemmas.items() if lemma in nouns and form.istitle()}
    verbs = {fold(word).removesuffix("n").removesuffix("e") for word in lemmas.values() if word.endswith("n")}
    others = {fold(word) for form, word in lemmas.items() if word.islower() and form != word}
    beginnings = {stem(word) for word in chain(forms, verbs, others) if _is_long_enough(word)} - set(
        _LISTS["never_first"]
    )
    cutter = _Cutter(lemmas, beginnings, ends)
    ways = [found for noun in nouns if (found := cutter.ways(noun))]
    left, right = _count(list(chain.from_iterable(ways)))
    left, right = _count([max(found, key=lambda cut: left[cut[0]] * right[cut[1]]) for found in ways])
    for counted, more in ((left, _LISTS["also_first"]), (right, _LISTS["also_last"])):
        for word in more:
            counted[stem(fold(word))] = max(counted[stem(fold(word))], MORE)
    return tuple(  # type: ignore[return-value]
        Counter({word: n for word, n in counted.items() if n >= _least(word)}) for counted in (left, right)
    )


class _Cutter:
    """Cuts nouns in two at every place where both sides are words."""

    def __init__(self, lemmas: Mapping[str, str], beginnings: set[str], ends: set[str]) -> None:
        self._lemmas, self._beginnings, self._ends = lemmas, beginnings, ends
        # A stem keeps the first letters of its word but for ae, oe and ue, so most places need no stemming.
        self._first_letters = {word[:LEAST_LETTERS] for word in ends}
        self._stem = lru_cache(maxsize=200_000)(stem.__wrapped__)

    def ways(self, noun: str) -> list[tuple[str, str]]:
        """Stems of the two words, for every place."""
        if len(noun) < LEAST_LETTERS + 3 or noun.lower() in self._lemmas:  # „Eilende“ is a form of „eilend“
            return []
        word, found = fold(noun), []
        for place in range(3, len(word) - 2):
            first, last = word[:place], word[place:]
            if self._may_be_end(last) and _is_long_enough(first) and _is_long_enough(last):
                end = self._stem(last)
                if end in self._ends and (beginning := self._stem(first)) in self._beginnings:
                    found.append((beginning, end))
        return found

    def _may_be_end(self, last: str) -> bool:
        known = self._first_letters
        return (
            last[:LEAST_LETTERS] in known
            or last[: LEAST_LETTERS - 1] in known
            or last.startswith(("ae", "oe", "ue"))
        )


def _count(cuts: list[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    return Counter(first for first, _last in cuts), Counter(last for _first, last in cuts)


def _least(word: str) -> int:
    """In how many compounds a part must be; longer ones are less often there by chance."""
    return LEAST_COMPOUNDS if len(word) < LONG else LEAST_COMPOUNDS_OF_LONG


def _is_long_enough(word: str) -> bool:
    return len(word) >= LEAST_LETTERS or word in SHORT


def _participles(lemmas: dict[str, str], nouns: set[str]) -> dict[str, str]:
    """Stem of „eingeführt“ → stem of „einführen“, so that it also meets „Einführung“."""
    names = {stem(fold(noun)) for noun in nouns if noun.lower() not in lemmas}
    found = {}
    for form, verb in lemmas.items():
        if form.islower() and verb.endswith("n") and PARTICIPLE.fullmatch(form) and " " not in verb:
            word, root = stem(fold(form)), stem(fold(verb))
            if word != root and word not in names:
                found[word] = root
    return found


if __name__ == "__main__":
    _keep(list(_draw()))
