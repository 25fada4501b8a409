"""What somebody typed, taken apart: words, quoted phrases, and what they do not want."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from search.analysis.words import plain, tokens

# What follows is not read: nobody asks like that, and every word costs time.
LONGEST_TEXT = 300
MOST_WORDS = 12
MOST_EXTRAS = 4
# In the quotation marks of machines, Germans, Swiss and English; the closing one may be missing.
PHRASE = re.compile(
    r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<a>[^"]*)"?|\u201e(?P<b>[^\u201c\u201d"]*)[\u201c\u201d"]?'
    r"|«(?P<c>[^»]*)»?|\u201c(?P<d>[^\u201d]*)\u201d?)"
)
EXCLUDED = re.compile(r"(?<!\S)[-−–](?=\w)(\S+)")


@dataclass(frozen=True)
class Parsed:
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)  # words and phrases

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.excluded)


def parse(text: str) -> Parsed:
    rest = " ".join(plain(text)[:LONGEST_TEXT].split())
    phrases: list[str] = []
    excluded: list[str] = []

    def take_phrase(found: re.Match[str]) -> str:
        phrase = next((found[name] for name in "abcd" if found[name] is not None), "")
        if any(tokens(phrase)):
            (excluded if found["minus"] else phrases).append(phrase)
        return " "

    def take_excluded(found: re.Match[str]) -> str:
        excluded.append(found[1])
        return " "

    rest = EXCLUDED.sub(take_excluded, PHRASE.sub(take_phrase, rest))
    words = list(dict.fromkeys(token.text for token in tokens(rest)))
    return Parsed(words[:MOST_WORDS], phrases[:MOST_EXTRAS], excluded[:MOST_EXTRAS])
