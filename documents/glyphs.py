"""What the documents' font can show. A letter that it lacks would make a page that cannot be read out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

REGULAR = Path(__file__).resolve().parent / "fonts" / "FiraSans-Regular.ttf"
MISSING = "?"
# Shown by the typesetter itself, or not at all.
SPACES = {"\n", "\t", "\u00ad"}
# Nothing breaks by itself in words as long as these, such as addresses; this mark lets it. `sheet.typ` sets a
# gap without width in its place, so that no sign is left that somebody would copy along.
BREAK = "\u200b"
LONGEST_WORD = re.compile(rf"[^\s{BREAK}]{{24}}(?=[^\s{BREAK}])")
# Addresses of mail break where one reads on without a doubt.
MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
JOINT = re.compile(r"(?<=\w)(?=[@.]\w)")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Verbatim(str):
    """Text that nobody reads on the page, such as an address behind words: it stays as it is."""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | SPACES


def printable(value: Any) -> Any:
    """The same data with letters that the font has: composed ones where they exist, else „?“."""
    if isinstance(value, Verbatim):
        return value
    if isinstance(value, str):
        readable = value if value.isascii() and value.isprintable() else _readable(value)
        if "@" in readable:
            readable = MAIL_ADDRESS.sub(lambda found: JOINT.sub(BREAK, found[0]), readable)
        return LONGEST_WORD.sub(rf"\g<0>{BREAK}", readable)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


def _readable(text: str) -> str:
    known = _known()
    composed = unicodedata.normalize("NFC", text)
    if known.issuperset(composed):
        return composed
    return "".join(letter if letter in known else _instead_of(letter) for letter in composed)


def _instead_of(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and _known().issuperset(plain):
        return plain
    category = unicodedata.category(letter)
    if category in INVISIBLE or category.startswith("M"):
        return ""
    return MISSING
