"""A document's blocks sorted into the parts of the record."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from practices.importing.blocks import Block, blocks, plain, rows
from practices.importing.headings import head_of, is_named_like_section, section_of, without_numbering
from ui.richtext import clean

LONGEST_TITLE, LONGEST_SUMMARY = 120, 280
SHORTEST_SENTENCE = 40
LONGEST_PART = 20_000  # characters, as in a section
MOST_PARTS = 150
LONGEST_BOLD_HEADING = 80
UNMARKED = 7  # the level of headings that are no headings to Word: bold or short paragraphs
SENTENCE_END = re.compile(r"[.!?…][\"“”‘’»)]*$")


@dataclass
class Part:
    """A heading with what stands below it; `section` is the field it seems to mean, or ""."""

    heading: str
    section: str = ""
    level: int = UNMARKED
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return clean("\n".join(self.pieces))


@dataclass
class Outline:
    """What a document seems to say about a practice. Every text of the document is in it somewhere."""

    title: str = ""
    summary: str = ""
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class _Heading:
    text: str
    level: int
    section: str
    rest: str = ""


def outline_of(markup: str, *, title: str = "") -> Outline:
    """Sort markup into parts. `title` is what to call it where the text itself names no title."""
    return _Sorter(blocks(markup)).outline(title)


class _Sorter:
    def __init__(self, found: list[Block]) -> None:
        self.blocks = found
        self.has_headings = sum(1 for block in found if block.level and block.css != "title") > 1
        self.result = Outline()
        self.parts: list[Part] = [Part("")]

    def outline(self, fallback_title: str) -> Outline:
        self.blocks = list(self._without_title())
        for block in self.blocks:
            self._take(block)
        self._set_title(self.result.title or fallback_title)
        self._find_summary()
        self.result.parts = list(_fitting(_joined(self.parts)))
        return self.result

    def _without_title(self) -> Iterator[Block]:
        """Take what is marked as the title, else a first heading that names no section."""
        marked = next((block for block in self.blocks if block.css == "title"), None)
        first = self.blocks[0] if self.blocks else None
        if marked is None and first and len(self.blocks) > 1 and (first.level == 1 or first.is_all_bold):
            marked = None if section_of(first.text) else first
        for block in self.blocks:
            if block is marked:
                self.result.title = block.text
            elif block.css == "subtitle" and not self.result.summary and len(block.text) <= LONGEST_SUMMARY:
                self.result.summary = block.text
            else:
                yield block

    def _set_title(self, title: str) -> None:
        self.result.title = shortened(title, LONGEST_TITLE)
        if self.result.title != title:
            self.parts[0].pieces.insert(0, f"<p>{html.escape(title)}</p>")

    def _take(self, block: Block) -> None:
        if block.tag == "table" and self._take_form(block):
            return
        heading = self._heading(block)
        if heading is None:
            self.parts[-1].pieces.append(block.markup)
            return
        self._begin(heading)
        if heading.rest:
            self.parts[-1].pieces.append(heading.rest)

    def _begin(self, heading: _Heading) -> None:
        """A part of its own, or a heading inside the present one."""
        current = self.parts[-1]
        belongs_to_current = current.section and heading.level > current.level
        if (not heading.section and belongs_to_current) or len(self.parts) >= MOST_PARTS:
            is_deep = any("<h3>" in piece for piece in current.pieces) and heading.level > current.level + 1
            tag = "h4" if is_deep else "h3"
            current.pieces.append(f"<{tag}>{html.escape(heading.text)}</{tag}>")
            return
        self.parts.append(Part(heading.text, heading.section, heading.level))

    def _heading(self, block: Block) -> _Heading | None:
        text = block.text
        if block.level:
            return _Heading(without_numbering(text), block.level, section_of(text))
        if block.tag in {"ol", "ul"} and (item := block.only_item()):
            section = section_of(item, exactly=True)
            return _Heading(without_numbering(item), UNMARKED, section) if section else None
        if block.tag != "p":
            return None
        if len(text) <= LONGEST_BOLD_HEADING and not text.endswith((".", ",", ";", "!")):
            is_bold = block.is_all_bold
            section = section_of(text, exactly=self.has_headings or not is_bold)
            if section or (is_bold and not self.has_headings):
                return _Heading(without_numbering(text), UNMARKED, section)
        for halves in (block.bold_beginning(), block.first_line()):
            if halves and (section := section_of(halves[0], exactly=True)):
                return _Heading(without_numbering(halves[0]), UNMARKED, section, halves[1])
        return None

    def _take_form(self, table: Block) -> bool:
        """A form of two columns, what is asked on the left and the answer on the right."""
        pairs = [(plain(row[0]), row[1]) for row in rows(table.markup) if len(row) == 2]
        known = [label for label, _answer in pairs if section_of(label, exactly=True) or head_of(label)]
        if len(known) < 2:
            return False
        left = []
        for row in rows(table.markup):
            label = plain(row[0]) if row else ""
            head = head_of(label)
            if len(row) == 2 and head and self._take_head(head, plain(row[1])):
                continue
            if len(row) == 2 and (section := section_of(label, exactly=True)):
                self.parts.append(Part(without_numbering(label), section, UNMARKED, [row[1]]))
            elif any(plain(cell) for cell in row):
                left.append("".join(f"<td>{cell}</td>" for cell in row))
        if left:
            table_left = "".join(f"<tr>{cells}</tr>" for cells in left)
            self.parts.append(Part("", "", UNMARKED, [f"<table>{table_left}</table>"]))
        return True

    def _take_head(self, name: str, text: str) -> bool:
        if not text or getattr(self.result, name):
            return False
        if name == "summary" and len(text) > LONGEST_SUMMARY:
            return False
        setattr(self.result, name, text)
        return True

    def _find_summary(self) -> None:
        """What is called a summary, else a short first sentence before the first heading."""
        for part in self.parts[1:]:
            text = plain("\n".join(part.pieces))
            if head_of(part.heading) == "summary" and not part.section and self._take_head("summary", text):
                self.parts.remove(part)
                return
        first = self.parts[0].pieces[:1]
        sentence = plain(first[0]) if first and first[0].startswith("<p") else ""
        if (
            len(sentence) >= SHORTEST_SENTENCE
            and SENTENCE_END.search(sentence)
            and self._take_head("summary", sentence)
        ):
            del self.parts[0].pieces[0]


def shortened(text: str, most: int) -> str:
    """At most that many characters, cut between words."""
    if len(text) <= most:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{cut[: most - 1]}…"


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Parts with a text; a heading without one goes before the next, so that it is kept."""
    waiting = ""
    last: Part | None = None
    for part in parts:
        if not part.text:
            waiting = " – ".join(filter(None, [waiting, part.heading]))
            continue
        if waiting and not part.section:
            part.heading = " – ".join(filter(None, [waiting, part.heading]))
        elif waiting:
            yield Part(waiting, pieces=[f"<p>{html.escape(waiting)}</p>"])
        waiting, last = "", part
        yield part
    if waiting:
        kept = f"<p>{html.escape(waiting)}</p>"
        if last and not last.section:
            last.pieces.append(kept)
        else:
            yield Part(waiting, pieces=[kept])


def _fitting(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts that fit into a section; longer ones in several pieces."""
    for part in parts:
        if len(plain(part.text)) <= LONGEST_PART:
            yield part
            continue
        for pieces in _pieces(part):
            yield Part(part.heading, part.section, part.level, pieces)


def _pieces(part: Part) -> Iterator[list[str]]:
    gathered: list[str] = []
    length = 0
    for piece in part.pieces:
        size = len(plain(piece))
        if gathered and length + size > LONGEST_PART:
            yield gathered
            gathered, length = [], 0
        gathered.append(piece)
        length += size
    if gathered:
        yield gathered


def with_heading(part_heading: str, text: str, *, is_first: bool) -> str:
    """How a part reads inside a section: under its own heading where that says more than the section's."""
    if not part_heading or (is_first and is_named_like_section(part_heading)):
        return text
    return f"<h3>{html.escape(part_heading)}</h3>\n{text}"
