"""Sanitised rich text as plain data, for paper and for short versions.

A block is one of

    {"kind": "text" | "heading" | "quote", "runs": [run, …]}
    {"kind": "list", "ordered": bool, "items": [[block, …], …]}
    {"kind": "table", "head": [runs, …], "rows": [[runs, …], …]}

and a run is `{"text": str}`, with `strong`, `em` and `href` where they apply.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from documents.glyphs import Verbatim

Block = dict[str, Any]
Run = dict[str, Any]

MARKS = {"strong": "strong", "em": "em"}
HEADINGS = {"h2", "h3", "h4"}
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÄÖÜ„(0-9])")
# „z. B.“, „ca.“ and dates end no sentence.
ABBREVIATION = re.compile(r"(?:\b\w|\d|\b(?:ca|bzw|usw|etc|inkl|vgl|Nr|Str|Abs|Art|rd|Mio|Mrd|Tsd))\.$")
# An abbreviation that the cut has left without its word.
UNFINISHED = re.compile(r"\b(?:\w|ca|bzw|inkl|vgl|Nr|Abs|Art|rd)\.$")
ELLIPSIS = " …"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        # Where the next thing goes: blocks, or in an open list its items.
        self._into: list[list[Any]] = [self.blocks]
        self._runs: list[Run] | None = None
        self._marks: dict[str, Any] = {}
        self._tables: list[Block] = []
        self._is_quoted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self._marks[MARKS[tag]] = True
        elif tag == "a":
            self._marks["href"] = Verbatim(dict(attrs).get("href") or "")
        elif tag == "br":
            self._write("\n")
        elif tag == "p":
            self._open({"kind": "quote" if self._is_quoted else "text"})
        elif tag in HEADINGS:
            self._open({"kind": "heading"})
        elif tag == "blockquote":
            self._is_quoted = True
        elif tag in {"ul", "ol"}:
            self._runs = None
            block: Block = {"kind": "list", "ordered": tag == "ol", "items": []}
            self._into[-1].append(block)
            self._into.append(block["items"])
        elif tag == "li":
            item: list[Block] = []
            self._into[-1].append(item)
            self._into.append(item)
            self._runs = None
        elif tag == "table":
            self._runs = None
            self._tables.append({"kind": "table", "head": [], "rows": []})
        elif tag == "tr" and self._tables:
            self._tables[-1]["rows"].append([])
        elif tag in {"td", "th"} and self._tables:
            self._open_cell(is_head=tag == "th")

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self._marks.pop(MARKS[tag], None)
        elif tag == "a":
            self._marks.pop("href", None)
        elif tag in {"p", *HEADINGS}:
            if not self._tables:
                self._runs = None
        elif tag == "blockquote":
            self._is_quoted = False
        elif tag in {"ul", "ol", "li"} and len(self._into) > 1:
            self._into.pop()
            self._runs = None
        elif tag == "table" and self._tables:
            self._close_table()

    def handle_data(self, data: str) -> None:
        text = re.sub(r"[ \t\r\n]+", " ", data)
        if text.strip() or self._runs:
            self._write(text)

    def _open(self, block: Block) -> None:
        if self._tables:  # paragraphs in a cell are lines of it
            if self._runs:
                self._write("\n")
            return
        self._runs = block.setdefault("runs", [])
        self._into[-1].append(block)

    def _open_cell(self, *, is_head: bool) -> None:
        table = self._tables[-1]
        if not table["rows"]:
            table["rows"].append([])
        self._runs = []
        row = table["rows"][-1]
        row.append(self._runs)
        if is_head and len(table["rows"]) == 1:
            table["head"] = row

    def _close_table(self) -> None:
        table = self._tables.pop()
        rows = [row for row in table["rows"] if row]
        width = max(map(len, rows), default=0)
        table["rows"] = [row + [[] for _ in range(width - len(row))] for row in rows]
        # Without heads nobody could tell the columns apart: the first row is taken for them.
        table["head"] = table["rows"].pop(0) if table["rows"] else []
        self._runs = None
        if table["head"]:
            self._into[-1].append(table)

    def _write(self, text: str) -> None:
        if self._runs is None:
            self._open({"kind": "text"})
        assert self._runs is not None  # noqa: S101  just opened
        run = {"text": text} | self._marks
        if self._runs and {**self._runs[-1], "text": ""} == {**run, "text": ""}:
            self._runs[-1]["text"] += text
        else:
            self._runs.append(run)


def blocks_of(markup: str) -> list[Block]:
    """The blocks of rich text as `ui.richtext.clean` leaves it."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return _trimmed(reader.blocks)


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Without blanks at the ends and without what says nothing."""
    kept = []
    for block in blocks:
        if block["kind"] == "list":
            block["items"] = [item for item in map(_trimmed, block["items"]) if item]
            if block["items"]:
                kept.append(block)
        elif block["kind"] == "table":
            kept.append(block)
        else:
            runs = block["runs"]
            if runs:
                runs[0]["text"] = runs[0]["text"].lstrip()
                runs[-1]["text"] = runs[-1]["text"].rstrip()
            block["runs"] = [run for run in runs if run["text"]]
            if block["runs"]:
                kept.append(block)
    return kept


def length_of(blocks: list[Block]) -> int:
    return sum(len(text) for text in _texts(blocks))


def _texts(blocks: list[Block]) -> list[str]:
    found = []
    for block in blocks:
        if block["kind"] == "list":
            found += [text for item in block["items"] for text in _texts(item)]
        elif block["kind"] == "table":
            found += [run["text"] for row in [block["head"], *block["rows"]] for cell in row for run in cell]
        else:
            found += [run["text"] for run in block["runs"]]
    return found


def shortened(blocks: list[Block], letters: int) -> list[Block]:
    """As much from the beginning as fits: whole blocks, then sentences, then words; „ …“ says there is more.

    Tables are left out, for a part of one misleads.
    """
    whole = [block for block in blocks if block["kind"] != "table"]
    is_cut = len(whole) < len(blocks)
    kept: list[Block] = []
    for block in whole:
        size = length_of([block])
        if size <= letters:
            kept.append(block)
            letters -= size
            continue
        is_cut = True
        if part := _part(block, letters):
            kept.append(part)
        break
    return _going_on(kept) if is_cut else kept


def _part(block: Block, letters: int) -> Block | None:
    if block["kind"] == "heading":
        return None
    if block["kind"] == "list":
        items = []
        for item in block["items"]:
            size = length_of(item)
            if size > letters:
                break
            items.append(item)
            letters -= size
        return {**block, "items": items} if items else None
    runs = []
    for run in block["runs"]:
        if len(run["text"]) > letters:
            if text := _words(run["text"], letters):
                runs.append({**run, "text": text})
            break
        runs.append(run)
        letters -= len(run["text"])
    return {**block, "runs": runs} if runs else None


def _words(text: str, letters: int) -> str:
    """The sentences that fit; words where the first sentence is longer than half of the room."""
    end = 0
    for found in SENTENCE.finditer(text):
        if found.start() > letters:
            break
        if not ABBREVIATION.search(text[: found.start()]):
            end = found.start()
    if end > letters / 2:
        return text[:end]
    cut = text[:letters].rpartition(" ")[0]
    while last := UNFINISHED.search(cut):
        cut = cut[: last.start()].rstrip()
    return cut.rstrip(" ,;:–-")


def _going_on(blocks: list[Block]) -> list[Block]:
    """With „ …“ behind the last word; a heading without its text goes."""
    while blocks and blocks[-1]["kind"] == "heading":
        blocks = blocks[:-1]
    if not blocks:
        return []
    *rest, last = blocks
    if last["kind"] == "list":
        *items, item = last["items"]
        return [*rest, {**last, "items": [*items, _going_on(item)]}]
    *runs, run = last["runs"]
    return [*rest, {**last, "runs": [*runs, {**run, "text": run["text"] + ELLIPSIS}]}]
