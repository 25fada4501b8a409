"""Users' rich text: what is allowed, and how plain text and pastes from Word become it."""

from __future__ import annotations

import html
import re

import nh3

TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "blockquote", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto"}

# Headings stand below the page's own; what means the same gets one spelling.
SYNONYMS = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
SYNONYM = re.compile(rf"<(/?)({'|'.join(SYNONYMS)})(?=[\s>/])", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
TEXT_ELEMENT = re.compile(r"</?[a-z][^<>]*>|&nbsp;|&#160;|\s", re.IGNORECASE)
EMPTY_BLOCK = re.compile(r"<(p|h3|h4|li|blockquote)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>", re.IGNORECASE)
WIDE = r"(?:\s|&nbsp;)"
# Word's signs for bullets and numbers; the ambiguous ones („o“, „§ 5“, „1. Januar“) only with its wide gap.
WORD_LISTS = (
    ("ul", re.compile(rf"<p>\s*(?:[·•▪\uf0b7–-]{WIDE}|[o\u00a7]{WIDE}{{2}}){WIDE}*(.*?)</p>", re.DOTALL)),
    ("ol", re.compile(rf"<p>\s*\d{{1,3}}[.)]{WIDE}{{2}}{WIDE}*(.*?)</p>", re.DOTALL)),
)
BULLET = re.compile(r"^\s*[-*•·–]\s+")
NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")


def clean(markup: str) -> str:
    """Sanitised HTML of the allowed elements; "" when it says nothing. Text without tags gets paragraphs."""
    markup = markup.replace("\x00", "").replace("\r\n", "\n").strip()
    if not MARKUP.search(markup):
        markup = from_plain_text(html.unescape(markup))
    markup = SYNONYM.sub(lambda found: f"<{found[1]}{SYNONYMS[found[2].lower()]}", markup)
    cleaned = nh3.clean(
        markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )
    cleaned = _word_lists(EMPTY_BLOCK.sub("", cleaned))
    return cleaned.strip() if TEXT_ELEMENT.sub("", cleaned) else ""


def from_plain_text(text: str) -> str:
    """Paragraphs at empty lines, lists where lines begin with a dash or a number; everything escaped."""
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    return "\n".join(_block(block.split("\n")) for block in blocks)


def to_plain_text(markup: str) -> str:
    """What stands in rich text, without markup, for comparing, searching and previews."""
    spaced = re.sub(r"</(p|h3|h4|li|tr|blockquote)>|<br>", "\n", markup)
    plain = html.unescape(MARKUP.sub("", spaced))
    return "\n".join(line for line in map(str.strip, plain.split("\n")) if line)


def _block(lines: list[str]) -> str:
    for pattern, element in ((BULLET, "ul"), (NUMBER, "ol")):
        if all(pattern.match(line) for line in lines):
            items = "".join(f"<li>{html.escape(pattern.sub('', line).strip())}</li>" for line in lines)
            return f"<{element}>{items}</{element}>"
    return f"<p>{'<br>'.join(html.escape(line.strip()) for line in lines)}</p>"


def _word_lists(markup: str) -> str:
    """Word pastes lists as paragraphs that begin with a bullet sign or a number."""
    for element, pattern in WORD_LISTS:
        if pattern.search(markup):
            listed = pattern.sub(rf"<{element}><li>\1</li></{element}>", markup)
            markup = re.sub(rf"</{element}>\s*<{element}>", "", listed)
    return markup
