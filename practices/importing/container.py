"""Whether an uploaded file is a Word document that is safe to open. Nothing is unpacked before this."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_TEXT = 10 * MEGABYTE  # of one XML part: about a thousand pages
MOST_TAGS = 500_000  # of one XML part; each costs a hundred times its length in memory
MOST_ENTRIES = 3_000
MOST_GROWTH = 250  # times; text in XML seldom shrinks to less than a fiftieth
SMALL = 5 * MEGABYTE  # below this no growth does harm

DOCUMENT = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Word never declares a type; entities are how XML bombs are built. In UTF-16 zeros stand between.
DECLARES_TYPE = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)
# A drawing or page inside may have a type as long as it defines nothing.
DECLARES_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")

OTHER_FILES: list[tuple[bytes, Promise]] = [
    (
        b"%PDF",
        gettext_lazy("Das ist eine PDF-Datei. Bitte laden Sie das Word-Dokument hoch, aus dem sie entstand."),
    ),
    (
        b"{\\rtf",
        gettext_lazy("Das ist eine RTF-Datei. Bitte speichern Sie sie in Word als „Word-Dokument (.docx)“."),
    ),
]
OTHER_PACKAGES: list[tuple[str, Promise]] = [
    ("xl/", gettext_lazy("Das ist eine Excel-Datei. Lesen können wir Word-Dokumente (.docx).")),
    ("ppt/", gettext_lazy("Das ist eine PowerPoint-Datei. Lesen können wir Word-Dokumente (.docx).")),
    (
        "content.xml",
        gettext_lazy(
            "Das ist ein Dokument von LibreOffice. Bitte speichern Sie es als „Word 2007–365 (.docx)“ und "
            "laden Sie "
            "das hoch."
        ),
    ),
    (
        "index/document.iwa",
        gettext_lazy("Das ist ein Dokument von Pages. Bitte exportieren Sie es als Word-Dokument (.docx)."),
    ),
]


class RefusedError(Exception):
    """The file cannot be read; the message says to the person why, and what to do instead."""


def opened(file: IO[bytes], size: int) -> zipfile.ZipFile:
    """The document's container, after everything about it was checked that can be without unpacking it."""
    if size == 0:
        raise RefusedError(_("Die Datei ist leer."))
    if size > LARGEST_FILE:
        raise RefusedError(
            _(
                "Die Datei hat %(size)s; höchstens %(most)s sind möglich. Oft hilft es, die Bilder zu "
                "komprimieren."
            )
            % {"size": filesizeformat(size), "most": filesizeformat(LARGEST_FILE)}
        )
    file.seek(0)
    beginning = file.read(2_048)
    if beginning.startswith(OLE):
        raise RefusedError(_old_or_encrypted(file))
    for signature, message in OTHER_FILES:
        if beginning.startswith(signature):
            raise RefusedError(str(message))
    file.seek(0)
    if not beginning.startswith(b"PK"):
        raise RefusedError(
            _(
                "Das ist kein Word-Dokument. Lesen können wir Dateien, die in Word als .docx gespeichert "
                "wurden."
            )
        )
    try:
        container = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise RefusedError(_broken()) from None
    _check_entries(container)
    _check_text(container)
    return container


def _old_or_encrypted(file: IO[bytes]) -> str:
    file.seek(0)
    if ENCRYPTED_STREAM in file.read():
        return _(
            "Das Dokument ist mit einem Kennwort verschlüsselt. Bitte entfernen Sie das Kennwort in Word "
            "(Datei → Informationen → Dokument schützen) und laden Sie es noch einmal hoch."
        )
    return _(
        "Das ist das alte Format von Word (.doc). Bitte öffnen Sie die Datei in Word, speichern Sie sie als "
        "„Word-Dokument (.docx)“ und laden Sie diese hoch."
    )


def _broken() -> str:
    return _("Die Datei ist beschädigt. Lässt sie sich in Word öffnen? Dann speichern Sie sie dort neu.")


def _check_entries(container: zipfile.ZipFile) -> None:
    entries = container.infolist()
    names = {entry.filename for entry in entries}
    folded = {name.lower() for name in names}
    if DOCUMENT not in names:
        for beginning, message in OTHER_PACKAGES:
            if any(name.startswith(beginning) for name in folded):
                raise RefusedError(str(message))
        raise RefusedError(_("Das ist kein Word-Dokument, auch wenn der Name auf .docx endet."))
    if any(name.endswith("vbaproject.bin") for name in folded):
        raise RefusedError(
            _(
                "Das Dokument enthält Makros. Bitte speichern Sie es in Word als „Word-Dokument (.docx)“ "
                "ohne Makros."
            )
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    grows_too_much = unpacked > SMALL and unpacked > MOST_GROWTH * max(packed, 1)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or grows_too_much:
        raise RefusedError(
            _(
                "Das Dokument wird beim Auspacken ungewöhnlich groß. Zum Schutz des Portals öffnen wir es "
                "nicht."
            )
        )


def _check_text(container: zipfile.ZipFile) -> None:
    """No part of the text is longer than can be read in a moment, encrypted, broken or declares entities.

    A document may name any of its entries as its text, so what an entry is called proves nothing.
    """
    for entry in container.infolist():
        is_named_xml = entry.filename.lower().endswith((".xml", ".rels"))
        if not is_named_xml and not _looks_like_xml(_beginning(container, entry.filename)):
            continue
        content = part(container, entry.filename) if entry.file_size <= LARGEST_TEXT else None
        if content is None or content.count(b"<") > MOST_TAGS:
            raise RefusedError(
                _(
                    "Der Text des Dokuments ist zu lang. Bitte teilen Sie es und laden Sie die Teile "
                    "nacheinander hoch."
                )
            )
        if (DECLARES_TYPE if is_named_xml else DECLARES_ENTITY).search(content):
            raise RefusedError(
                _(
                    "Das Dokument enthält Anweisungen, die nicht in ein Word-Dokument gehören. Wir öffnen "
                    "es nicht."
                )
            )


def _looks_like_xml(beginning: bytes) -> bool:
    """Whether a parser might read it; one that is blank so far might go on as XML."""
    text = beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    return not text or text.startswith(b"<")


def _beginning(container: zipfile.ZipFile, name: str) -> bytes:
    with _reading(), container.open(name) as entry:
        return entry.read(2_048)


def part(container: zipfile.ZipFile, name: str) -> bytes:
    """One entry unpacked; never more than the container says of it."""
    with _reading():
        return container.read(name)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
        raise RefusedError(_broken()) from None
