"""What German compounds are made of: word parts, and how many compounds of a word list have them.

The word list is simplemma's, far too large to keep in every process. `python -m search.analysis.dictionary` draws
the parts out of it once, at set-up, into a small file beside this module. Without the file the first who needs it
makes it, which takes about ten seconds.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from search.analysis.words import fold, stem

FILE = Path(__file__).with_name("german.words")
EDITION = f"# 4 simplemma {version('simplemma')} PyStemmer {version('PyStemmer')}"
LEAST_LETTERS = 4
# Shorter parts are mostly chance; these are not.
SHORT = {"akt", "amt", "app", "bau", "bot", "bus", "gas", "hof", "nah", "ort", "rad", "rat", "see", "tag", "web", "weg"}
# Stems of prefixes and endings that happen to look like words.
NO_LEFT = set(
    "durch nach unt uber zuruck gegen hint wied zusamm vorbei weit entgeg zwisch wider einig solch jed manch all"
    " dies jen ung aussch lad inner ausser ober nieder".split()
)
NO_RIGHT = set(
    "end est rend isch rung heit eren chen schaft ismus iker haft ell tell ling ster keit nis ung tum ator tion ation"
    " itat erin lich bar los fach mal sam ings los ober ander dies ling eil ehr rig ust ant ent erei arin tiv ativ"
    " aul lung reib ierung elle esse ette ose iter iter ster ens ien sten stes enden este ese".split()
)
# Words of today's administration that the list does not know as parts.
MORE_LEFT = (
    "app chatbot cloud dashboard daten digital ehren online open prozess register portal smart sensor service social"
    " wissens termin warme hitze starkregen melde ummelde wohn kita fach glasfaser breitband mobilitats klima digitalisierungs geo nah"
    " home ideen krisen modernisierungs nutzer onlinezugangs parkraum projekt prozess rechnungs register scan schriftgut"
    " social standort telefon umsetzungs veranstaltungs verwaltungs video wald zugangs lade"
)
MORE_RIGHT = (
    "app chatbot cloud dashboard management portal plattform zwilling assistent netzwerk register service system"
    " ladesaule buchung vergabe postfach konto dienst leitstelle labor werkstatt kataster monitoring steuerung anpassung"
    " ausweis bot daten infrastruktur koffer melder modernisierung office parken strategie umsetzung workflow verkehr"
    " saule analyse konzept leitfaden handbuch formular"
)
MORE = 30
LEAST_COMPOUNDS = 4
PLAIN_WORD = re.compile(r"[a-zäöüß]+", re.IGNORECASE)
PARTICIPLE = re.compile(r"(?:ab|an|auf|aus|bei|durch|ein|mit|nach|um|vor|weiter|zu|zurück|zusammen)?ge.{3,}t")


class Dictionary(NamedTuple):
    """Stems of parts with the number of compounds that begin or end with them; stems of „eingeführt“ and its kind."""

    left: dict[str, int]
    right: dict[str, int]
    participles: dict[str, str]


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


def _read(lines: Iterable[str]) -> Dictionary:
    left, right, participles = {}, {}, {}
    for line in lines:
        kind, word, value = line.split(" ")
        if kind == "<":
            left[word] = int(value)
        elif kind == ">":
            right[word] = int(value)
        else:
            participles[word] = value
    return Dictionary(left, right, participles)


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

    lemmas: dict[str, str] = DefaultDictionaryFactory().get_dictionary("de")  # type: ignore[assignment]
    nouns = {word for word in lemmas.values() if PLAIN_WORD.fullmatch(word) and word.istitle()}
    left, right = _parts(lemmas, nouns)
    yield EDITION
    for sign, parts in (("<", left), (">", right)):
        yield from (f"{sign} {word} {number}" for word, number in sorted(parts.items()))
    yield from (f"= {word} {verb}" for word, verb in sorted(_participles(lemmas, nouns).items()))


def _parts(lemmas: dict[str, str], nouns: set[str]) -> tuple[Counter[str], Counter[str]]:
    """How many nouns of the list each word begins or ends, once cut where their parts are most usual."""
    known = {folded for noun in nouns if _is_long_enough(folded := fold(noun))}
    ends = {stem(word) for word in known} - NO_RIGHT
    verbs = {fold(word).removesuffix("n").removesuffix("e") for word in lemmas.values() if word.endswith("n")}
    others = {fold(word) for form, word in lemmas.items() if word.islower() and form != word}
    beginnings = {stem(word) for word in chain(known, verbs, others) if _is_long_enough(word)} - NO_LEFT
    ways = [found for noun in nouns if (found := _ways_to_cut(noun, lemmas, beginnings, ends))]
    left, right = _count(list(chain.from_iterable(ways)))
    left, right = _count([max(found, key=lambda cut: left[cut[0]] * right[cut[1]]) for found in ways])
    for counted, more in ((left, MORE_LEFT), (right, MORE_RIGHT)):
        for word in more.split():
            counted[stem(fold(word))] = max(counted[stem(fold(word))], MORE)
    return tuple(  # type: ignore[return-value]
        Counter({word: n for word, n in counted.items() if n >= LEAST_COMPOUNDS}) for counted in (left, right)
    )


def _ways_to_cut(
    noun: str, lemmas: dict[str, str], beginnings: set[str], ends: set[str]
) -> list[tuple[str, str]]:
    """Stems of two words that make up the noun, for every place where that is possible."""
    if len(noun) < LEAST_LETTERS + 3 or noun.lower() in lemmas:  # „Eilende“ is a form of „eilend“
        return []
    word, found = fold(noun), []
    for place in range(3, len(word) - 2):
        first, last = word[:place], word[place:]
        if _is_long_enough(first) and _is_long_enough(last):
            end = stem.__wrapped__(last)
            if end in ends and (beginning := stem.__wrapped__(first)) in beginnings:
                found.append((beginning, end))
    return found


def _count(cuts: list[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    return Counter(first for first, _last in cuts), Counter(last for _first, last in cuts)


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
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size // 1024} kB\n")
