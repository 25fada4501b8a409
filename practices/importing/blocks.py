"""Markup as a row of blocks: the headings, paragraphs, lists and tables that a document is made of."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from ui.richtext import MARKUP, to_plain_text

VOID = {"br", "img", "input", "hr", "col", "wbr"}
ROUGHLY_ENOUGH = 2_000  # headings are short; what is longer need not be read to the end

ALL_BOLD = re.compile(
    r"^<p[^>]*>\s*(?:<strong>(?:(?!</?strong>).)*</strong>|\s|<br ?/?>|&nbsp;)+</p>$", re.DOTALL
)
BOLD_BEGINNING = re.compile(
    r"^<p[^>]*>\s*<strong>((?:(?!</?strong>).){1,400})</strong>(\s*[:–-]\s*|\s*(?:<br ?/?>)+)?(.*)</p>$",
    re.DOTALL,
)
FIRST_LINE = re.compile(r"^<p[^>]*>((?:(?!<br).){1,400})<br ?/?>(.*)</p>$", re.DOTALL)
ONE_ITEM = re.compile(r"^<([ou])l>\s*<li>((?:(?!<li|<ul|<ol|<p).){1,800})</li>\s*</\1l>$", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One element and everything in it; `css` is the class that the reading of the document gave it."""

    tag: str
    markup: str
    css: str = ""

    @property
    def text(self) -> str:
        return plain(self.markup)

    @property
    def level(self) -> int:
        """1 to 6 for a heading, else 0."""
        return int(self.tag[1]) if re.fullmatch(r"h[1-6]", self.tag) else 0

    @property
    def is_all_bold(self) -> bool:
        return self.tag == "p" and len(self.markup) < ROUGHLY_ENOUGH and bool(ALL_BOLD.match(self.markup))

    def bold_beginning(self) -> tuple[str, str] | None:
        """„**Ausgangslage:** Der Text …“ as its two halves; only where a colon or a new line parts them."""
        found = BOLD_BEGINNING.match(self.markup) if self.tag == "p" else None
        if not found:
            return None
        before, parting, after = found[1], found[2], found[3]
        return (plain(before), f"<p>{after.strip()}</p>") if parting or plain(before).endswith(":") else None

    def first_line(self) -> tuple[str, str] | None:
        """The text before the first line break, and the rest as a paragraph."""
        found = FIRST_LINE.match(self.markup) if self.tag == "p" else None
        return (plain(found[1]), f"<p>{found[2].strip()}</p>") if found else None

    def only_item(self) -> str:
        """The text of a list with a single entry: how numbered headings look to a computer."""
        found = ONE_ITEM.match(self.markup)
        return plain(found[2]) if found else ""


def plain(markup: str) -> str:
    return " ".join(to_plain_text(markup).split())


def blocks(markup: str) -> list[Block]:
    """The outermost elements in their order; text between them counts as paragraphs."""
    splitter = _Splitter()
    splitter.feed(markup)
    splitter.close()
    return splitter.finished()


def rows(table: str) -> list[list[str]]:
    """The cells of a table's rows as markup; tables inside cells stay whole."""
    reader = _Rows()
    reader.feed(table)
    reader.close()
    return reader.rows


class _Splitter(HTMLParser):
    """Collects source until the element that began on the outside is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._found: list[Block] = []
        self._source: list[str] = []
        self._open: list[str] = []
        self._css = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open and tag not in VOID:
            self._end("p")
            self._css = dict(attrs).get("class") or ""
        self._source.append(self.get_starttag_text() or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._source.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            last = self._open.pop()
            self._source.append(f"</{last}>")
            if last == tag:
                break
        if not self._open:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        self._source.append(html.escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self._source.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._source.append(f"&#{name};")

    def _end(self, tag: str) -> None:
        markup = "".join(self._source).strip()
        self._source.clear()
        if MARKUP.sub("", markup).strip():
            whole = markup if markup.startswith(f"<{tag}") else f"<p>{markup}</p>"
            self._found.append(Block(tag if markup.startswith(f"<{tag}") else "p", whole, self._css))
        self._css = ""

    def finished(self) -> list[Block]:
        while self._open:
            self.handle_endtag(self._open[0])
        self._end("p")
        return self._found


class _Rows(HTMLParser):
    """Collects the cells of the outermost table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[list[str]] = []
        self._depth = 0
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._depth == 1 and tag == "tr":
            self.rows.append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._cell = []
        elif self._cell is not None:
            self._cell.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and tag in {"td", "th"}:
            if self._cell is not None and self.rows:
                self.rows[-1].append("".join(self._cell))
            self._cell = None
        elif self._cell is not None:
            self._cell.append(f"</{tag}>")
        if tag == "table":
            self._depth -= 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._cell is not None:
            self._cell.append(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(html.escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.handle_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_reference(f"&#{name};")

    def handle_reference(self, reference: str) -> None:
        if self._cell is not None:
            self._cell.append(reference)
