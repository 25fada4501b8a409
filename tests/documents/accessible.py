"""Whether a PDF can be read by everybody, as far as machines can tell, and what stands in it."""

import io
import re

import page
from pypdf import PdfReader

RULES = 104  # of PDF/UA-1 that the validator knows; fewer would mean that it looks at less than before


def assert_accessible(content: bytes) -> None:
    """Valid PDF/UA-1 by every rule that machines can check."""
    report = page.validate_pdf_bytes(content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant
    assert report.rules.total >= RULES


def pages_of(content: bytes) -> list[str]:
    """The text of each page; blanks and line ends alike."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", each.extract_text()) for each in pages]


def text_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def links_of(content: bytes) -> list[str]:
    """The addresses that the document leads to."""
    pages = PdfReader(io.BytesIO(content)).pages
    marks = [mark.get_object() for each in pages for mark in each.get("/Annots", [])]
    return [str(mark["/A"]["/URI"]) for mark in marks if "/URI" in mark.get("/A", {})]


def bookmarks_of(content: bytes) -> list[str]:
    """The titles in the reader's list of contents, sub-levels included."""

    def titles(entries: list) -> list[str]:
        found = []
        for entry in entries:
            found += titles(entry) if isinstance(entry, list) else [str(entry.title)]
        return found

    return titles(PdfReader(io.BytesIO(content)).outline)
