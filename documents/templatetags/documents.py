"""Shortened rich text on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ui.richtext import clean
from ui.templatetags.ui import in_german

if TYPE_CHECKING:
    from documents.prose import Block, Run

register = template.Library()
ELEMENTS = {"text": "p", "heading": "h3", "quote": "blockquote"}


@register.filter
def blocks(these: list[Block]) -> SafeString:
    """Blocks of `documents.prose` as HTML; cleaned once more, like all rich text."""
    cleaned = mark_safe(clean(_html(these)))  # noqa: S308
    return format_html('<div class="prose"{}>{}</div>', in_german(), cleaned)


def _html(these: list[Block]) -> SafeString:
    return mark_safe("".join(map(_block, these)))  # noqa: S308  each escapes by itself


def _block(block: Block) -> str:
    if block["kind"] == "list":
        element = "ol" if block["ordered"] else "ul"
        items = format_html_join("", "<li>{}</li>", ((_html(item),) for item in block["items"]))
        return f"<{element}>{items}</{element}>"
    if block["kind"] == "table":
        rows = [block["head"], *block["rows"]]
        return f"<table>{''.join(_row(row, 'td' if at else 'th') for at, row in enumerate(rows))}</table>"
    element = ELEMENTS[block["kind"]]
    return f"<{element}>{_runs(block['runs'])}</{element}>"


def _row(cells: list[list[Run]], element: str) -> str:
    return f"<tr>{''.join(f'<{element}>{_runs(cell)}</{element}>' for cell in cells)}</tr>"


def _runs(runs: list[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    said = escape(run["text"]).replace("\n", "<br>")
    for mark, element in (("strong", "strong"), ("em", "em")):
        if run.get(mark):
            said = f"<{element}>{said}</{element}>"
    return format_html('<a href="{}">{}</a>', run["href"], mark_safe(said)) if run.get("href") else said  # noqa: S308
