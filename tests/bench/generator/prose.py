"""Writes German administrative prose from sentence patterns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from string import Formatter

from tests.bench.generator.lexicon import Lexicon, picks, zipf
from tests.bench.generator.words import lines, pairs, sections, sentences, words

CITY_MARK = "\x1f"  # stands for the writing city until its name is known
GENERAL_SHARE = 3  # one sentence in so many fits any section
TITLE_LENGTH, SUMMARY_LENGTH = 120, 280


class Writer:
    """Endless prose; the same random generator gives the same words."""

    def __init__(self, rng: random.Random, lexicon: Lexicon, city_names: list[str]) -> None:
        self._rng = rng
        slots = _slots(rng, lexicon, city_names)
        general = [_Pattern(text, slots) for text in sentences("general")]
        self._titles = picks(rng, [_Pattern(text, slots) for text in sentences("titles")])
        self._summaries = picks(rng, [_Pattern(text, slots) for text in sentences("summaries")])
        self._items = picks(rng, [_Pattern(text, slots) for text in sentences("list_items")])
        self._sentences = {}
        for name, texts in sections().items():
            special = [_Pattern(text, slots) for text in texts]
            share = len(special) / (GENERAL_SHARE - 1) / len(general)
            weights = [1.0] * len(special) + [share] * len(general)
            self._sentences[name] = picks(rng, special + general, list(accumulate(weights)))

    def title(self, city: str) -> str:
        return self._fitting(self._titles, city, TITLE_LENGTH).rstrip(".")

    def summary(self, city: str) -> str:
        return self._fitting(self._summaries, city, SUMMARY_LENGTH)

    def section(self, name: str, city: str, sentences: int) -> str:
        """Rich text of so many sentences, in paragraphs, some with a list."""
        source, html = self._sentences[name], []
        while sentences > 0:
            length = min(sentences, self._rng.randint(2, 5))
            html.append(f"<p>{' '.join(next(source).write() for _ in range(length))}</p>")
            sentences -= length
            if sentences > 4 and self._rng.random() < 0.3:
                items = "".join(f"<li><p>{next(self._items).write()}</p></li>" for _ in range(4))
                html.append(f"<ul>{items}</ul>")
                sentences -= 2
        return "".join(html).replace(CITY_MARK, city)

    def _fitting(self, patterns: Iterator[_Pattern], city: str, length: int) -> str:
        return next(
            text for pattern in patterns if len(text := pattern.write().replace(CITY_MARK, city)) <= length
        )


class _Pattern:
    """A sentence with its slots resolved to endless words, so that writing is one formatting operation."""

    __slots__ = ("_format", "_slots")

    def __init__(self, text: str, slots: dict[str, Iterator[str]]) -> None:
        self._format, self._slots = "", []
        for literal, slot, _spec, _conversion in Formatter().parse(text):
            self._format += literal.replace("%", "%%")
            if slot == "stadt":
                self._format += CITY_MARK
            elif slot:
                self._format += "%s"
                self._slots.append(slots[slot])

    def write(self) -> str:
        return self._format % tuple(map(next, self._slots))


def _slots(rng: random.Random, lexicon: Lexicon, city_names: list[str]) -> dict[str, Iterator[str]]:
    slots: dict[str, Iterator[str]] = {
        case: picks(rng, texts, lexicon.phrase_weights) for case, texts in lexicon.phrases.items()
    }
    bare = [noun.word for noun in lexicon.nouns]
    offices, to_offices = pairs("offices")
    people, to_people = pairs("people")
    times, after_times = pairs("times")
    months = [f"{month} {year}" for year in range(2016, 2026) for month in words("months")]
    numbers = [str(round(1.06**step * 3 + step)) for step in range(110)]
    euros = [f"{thousands}.{rest} Euro" for thousands in range(1, 240) for rest in ("000", "500", "750")]
    slots |= {
        "was": picks(rng, bare, lexicon.weights),
        "amt": _skewed(rng, offices),
        "amt3": _skewed(rng, to_offices),
        "leute": _skewed(rng, people),
        "leute3": _skewed(rng, to_people),
        "dinge": _skewed(rng, words("things")),
        "ort": _skewed(rng, city_names),
        "rar": lexicon.rare_words(rng),
        "getan": _skewed(rng, words("done")),
        "zu_tun": picks(rng, lines("to_do")),
        "wie": picks(rng, lines("how")),
        "anlass": picks(rng, lines("occasions")),
        "anlass_gross": picks(rng, [_capitalised(text) for text in lines("occasions")]),
        "wochen": picks(rng, times),
        "wochen3": picks(rng, after_times),
        "monat": picks(rng, months),
        "jahr": picks(rng, [str(year) for year in range(2014, 2028)]),
        "zahl": picks(rng, numbers),
        "zahl_klein": picks(rng, words("small_numbers")),
        "prozent": picks(rng, [f"{share} Prozent" for share in range(3, 96)]),
        "euro": picks(rng, euros),
        "vorlage": picks(rng, [f"{number:04}/{year}" for year in range(2016, 2026) for number in range(400)]),
    }
    for lower in ("nom", "akk", "was", "amt", "leute", "dinge"):
        slots[lower.capitalize()] = map(_capitalised, slots[lower])
    return slots


def _skewed(rng: random.Random, texts: list[str]) -> Iterator[str]:
    return picks(rng, texts, zipf(len(texts), flat=5))


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
