"""Reads a Word document: its text as parts of a record, its pictures, and what cannot come along."""

from __future__ import annotations

import hashlib
import re
import xml.parsers.expat
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO, Any
from xml.sax.saxutils import unescape

import mammoth
from django.utils.translation import gettext as _
from mammoth import html as elements

from practices.importing import container
from practices.importing.container import RefusedError
from practices.importing.losses import Loss, losses_of
from practices.importing.outline import Outline, Part, outline_of

MOST_PICTURES = 40
LARGEST_PICTURES = 40 * container.MEGABYTE  # unpacked, together
MOST_PARAGRAPHS = 20_000

STYLES = Path(__file__).with_name("word_styles.txt")

CONTENTS = re.compile(r"<p class=\"contents\">.*?</p>", re.DOTALL)
FOOTNOTES = re.compile(r"<ol><li id=\"n-(?:foot|end)note-.*?</ol>\s*$", re.DOTALL)
BACK_TO_TEXT = re.compile(r"(?<!\s)\s*<a href=\"#n-(?:foot|end)note-ref-[^>]*>.*?</a>")
LINK = re.compile(r"<a(?:\s[^>]*)?>(.*?)</a>", re.DOTALL)
LEADS_SOMEWHERE = re.compile(r"<a\s[^>]*href=\"(?:https?://|mailto:)", re.IGNORECASE)
CHECKBOX = re.compile(r"<input(?=[^<>]*?( checked=))?[^<>]*>")
SAYS_MACHINE = re.compile(
    r"(?:Automatisch generierte Beschreibung|KI-generierte Inhalte k.nnen fehlerhaft sein\.?|"
    r"Description automatically generated|AI-generated content may be incorrect\.?).*$",
    re.DOTALL,
)
NO_NAME = re.compile(
    r"^(?:Dokument|Document|Unbenannt|Untitled|Vorlage|Microsoft Word)\s*\d*\b", re.IGNORECASE
)
CORE_TITLE = re.compile(r"<dc:title[^<>]*>([^<]{1,500})</dc:title>")


@dataclass(frozen=True)
class Picture:
    """A picture of the document as it stands in it; `number` is what the text calls it."""

    number: int
    content: bytes
    media_type: str
    alt_text: str


@dataclass
class Reading:
    """What came out of a document."""

    outline: Outline
    pictures: list[Picture] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def read(file: IO[bytes], *, size: int, name: str) -> Reading:
    """Read an uploaded document. RefusedError says to the person why it cannot be read."""
    opened = container.opened(file, size)
    pictures = _Pictures()
    markup = _markup(file, opened, pictures)
    contents = CONTENTS.findall(markup)
    outline = outline_of(_tidy(CONTENTS.sub("", markup)), title=_title(opened, name))
    if footnotes := FOOTNOTES.search(markup):
        outline.parts.append(Part(_("Fußnoten"), pieces=[BACK_TO_TEXT.sub("", footnotes[0])]))
    if not outline.parts and not pictures.found:
        raise RefusedError(_("In dem Dokument steht kein Text."))
    counted = losses_of(opened) | pictures.lost
    if contents:
        counted["contents"] = 1
    losses = [Loss(code, number) for code, number in counted.items() if number]
    return Reading(outline, list(pictures.found.values()), losses)


def _markup(file: IO[bytes], opened: zipfile.ZipFile, pictures: _Pictures) -> str:
    if container.part(opened, container.DOCUMENT).count(b"</w:p>") > MOST_PARAGRAPHS:
        raise RefusedError(
            _(
                "Der Text des Dokuments ist zu lang. Bitte teilen Sie es und laden Sie die Teile "
                "nacheinander hoch."
            )
        )
    file.seek(0)
    try:
        result = mammoth.convert_to_html(
            BytesIO(file.read()),  # nameless, so that no link can lead to files beside it
            style_map=STYLES.read_text(),
            include_embedded_style_map=False,  # a document must not say how it is read
            external_file_access=False,
            convert_image=pictures.take,
            id_prefix="n-",
        )
    except RefusedError:
        raise
    except (xml.parsers.expat.ExpatError, zipfile.BadZipFile) as error:
        raise RefusedError(_unreadable()) from error
    except RecursionError as error:
        raise RefusedError(
            _("Das Dokument ist zu tief verschachtelt. Bitte vereinfachen Sie seine Tabellen.")
        ) from error
    except Exception as error:  # whatever a malformed document makes the library stumble over
        raise RefusedError(_unreadable()) from error
    return str(result.value)


def _unreadable() -> str:
    return _(
        "Das Dokument ließ sich nicht lesen. Öffnen Sie es in Word und speichern Sie es dort neu als .docx."
    )


def _tidy(markup: str) -> str:
    markup = FOOTNOTES.sub("", markup)
    markup = CHECKBOX.sub(lambda found: "☒ " if found[1] else "☐ ", markup)
    # Links within the document and to somebody's drive lead nowhere here.
    return LINK.sub(lambda found: found[0] if LEADS_SOMEWHERE.match(found[0]) else found[1], markup)


def _title(opened: zipfile.ZipFile, name: str) -> str:
    """What the document's properties call it, else its file's name."""
    properties = "docProps/core.xml"
    if properties in opened.namelist():
        found = CORE_TITLE.search(container.part(opened, properties).decode(errors="replace"))
        title = " ".join(unescape(found[1]).split()) if found else ""
        if title and not NO_NAME.match(title) and not title.lower().endswith((".doc", ".docx")):
            return title
    return " ".join(PurePath(name.replace("\\", "/")).stem.replace("_", " ").split())


class _Pictures:
    """Takes pictures out of the text and leaves their number there."""

    def __init__(self) -> None:
        self.found: dict[bytes, Picture] = {}
        self.lost: Counter[str] = Counter()
        self._size = 0
        self._numbers: dict[bytes, str] = {}

    def take(self, image: Any) -> list[Any]:
        try:
            with image.open() as source:
                content = source.read(LARGEST_PICTURES + 1)
        except (ValueError, KeyError, OSError, zipfile.BadZipFile):
            # Linked instead of stored in the document. Nothing is ever fetched from elsewhere.
            self.lost["linked_pictures"] += 1
            return _said(_("(verknüpftes Bild)"))
        digest = hashlib.sha256(content).digest()
        if digest not in self.found:
            if len(self.found) >= MOST_PICTURES or self._size + len(content) > LARGEST_PICTURES:
                self.lost["further_pictures"] += 1
                return _said(_("(weiteres Bild)"))
            self._size += len(content)
            number = len(self.found) + 1
            alt_text = SAYS_MACHINE.sub("", " ".join((image.alt_text or "").split())).strip()
            self.found[digest] = Picture(number, content, image.content_type or "", alt_text)
        return _said(_("(Bild %(number)d)") % {"number": self.found[digest].number})


def _said(text: str) -> list[Any]:
    make: Callable[..., Any] = elements.element
    return [make("em", {}, [elements.text(text)])]
