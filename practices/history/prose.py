"""Rich text as readable blocks: headings, paragraphs, list items and rows of tables, without markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from ui.richtext import MARKUP

Kind = Literal["text", "heading", "bullet", "number", "quote", "row", "value"]
HEADINGS = {"h3", "h4"}
BLOCKS = {"p", "li", "tr", *HEADINGS}
CELLS = {"td", "th"}
CELL_END = " | "
SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Block:
    """A paragraph or what stands for one, as plain text; `kind` says what it looks like.

    A "value" is one thing and is replaced as a whole: a date, a number, a choice.
    """

    text: str
    kind: Kind = "text"


def plain(text: str, kind: Kind = "text") -> list[Block]:
    """One block; nothing if there is no text."""
    text = SPACE.sub(" ", text).strip()
    return [Block(text, kind)] if text else []


def blocks_of(markup: str) -> list[Block]:
    """The blocks of sanitised rich text, or of plain text with line breaks."""
    if not MARKUP.search(markup):
        return [block for line in markup.splitlines() for block in plain(line)]
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text = ""
        self._lists: list[str] = []
        self._inside: list[str] = []
        self._target = ""
        self._link_text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.end_block()
            self._lists.append(tag)
        elif tag == "br":
            self._text += " "
        elif tag == "a":
            self._target, self._link_text = dict(attrs).get("href") or "", ""
        elif tag in BLOCKS or tag == "blockquote":
            if not ("tr" in self._inside and tag == "p"):
                self.end_block()
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.end_block()
            if self._lists:
                self._lists.pop()
        elif tag == "a":
            self._end_link()
        elif tag in CELLS:
            self._text += CELL_END
        elif tag in self._inside:
            if "tr" in self._inside and tag == "p":
                self._text += " "
            else:
                self.end_block()
            del self._inside[-1 - self._inside[::-1].index(tag)]

    def handle_data(self, data: str) -> None:
        self._text += data
        self._link_text += data

    def _end_link(self) -> None:
        """The target is part of what the text says; it stands behind the words unless it is the words."""
        if self._target and self._target.removeprefix("mailto:") != self._link_text.strip():
            self._text += f" ({self._target})"
        self._target = ""

    def end_block(self) -> None:
        text = SPACE.sub(" ", self._text).strip()
        self._text = ""
        if "tr" in self._inside:
            text = text.removesuffix(CELL_END.strip()).strip()
        if text:
            self.blocks.append(Block(text, self._kind()))

    def _kind(self) -> Kind:
        if "tr" in self._inside:
            return "row"
        if HEADINGS & set(self._inside):
            return "heading"
        if "li" in self._inside:
            return "number" if self._lists and self._lists[-1] == "ol" else "bullet"
        return "quote" if "blockquote" in self._inside else "text"
