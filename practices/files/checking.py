"""Whether an uploaded file may be stored, judged by what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.translation import gettext as _

from practices.files import kinds
from practices.files.kinds import FileKind
from practices.files.names import clean_name, extension_of
from practices.files.office import office_kind, refuse_old_office
from practices.files.pictures import re_encoded
from practices.files.reading import contains
from practices.files.refusal import UnacceptableFileError
from practices.files.texts import text_kind

__all__ = ["MAX_SIZE", "Checked", "UnacceptableFileError", "check"]

MEGABYTE = 1024 * 1024
MAX_SIZE = 50 * MEGABYTE
PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP", re.DOTALL)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s{0,9}(<<|\d{1,9}\s{1,9}\d{1,5}\s{1,9}R)")


@dataclass(frozen=True)
class Checked:
    """A file that may be stored: pictures are re-encoded already, all else is as it came."""

    kind: FileKind
    name: str
    content: File


def check(upload: File) -> Checked:
    """Look at all of an uploaded file; UnacceptableFileError tells what is wrong with it."""
    name = upload.name or ""
    if not upload.size:
        raise UnacceptableFileError(_("Die Datei ist leer."))
    if upload.size > MAX_SIZE:
        raise UnacceptableFileError(
            _("Die Datei hat %(size)d MB; höchstens %(most)d MB sind möglich.")
            # Rounded up, so that it never says 50 of 50.
            % {"size": -(-upload.size // MEGABYTE), "most": MAX_SIZE // MEGABYTE}
        )
    kind, content = _recognised(upload, extension_of(name))
    if not kind.fits(extension_of(name)):
        raise UnacceptableFileError(
            _(
                "Der Name endet auf „.%(extension)s“, der Inhalt ist aber: %(kind)s. "
                "Bitte speichern Sie die Datei neu."
            )
            % {"extension": extension_of(name), "kind": kind.label}
        )
    extension = extension_of(name) if extension_of(name) in kind.names and not content else kind.extension
    return Checked(kind, clean_name(name, extension), content or upload)


def _recognised(upload: File, extension: str) -> tuple[FileKind, File | None]:
    """The kind, and for pictures what is stored in their place."""
    upload.seek(0)
    head = upload.read(1024)
    if PICTURES.match(head):
        return re_encoded(upload)
    if head.startswith(ZIP):
        return office_kind(upload), None
    if head.startswith(OLD_OFFICE):
        refuse_old_office(upload)
    if head.startswith(b"%PDF-"):
        _check_pdf(upload)
        return kinds.PDF, None
    if kind := text_kind(upload, extension):
        return kind, None
    raise UnacceptableFileError(_("Diese Art von Datei ist nicht möglich.") + f" {kinds.ALLOWED}")


def _check_pdf(upload: File) -> None:
    if contains(upload, ENCRYPTED_PDF):
        raise UnacceptableFileError(
            _("Das PDF ist geschützt. Bitte speichern Sie es ohne Kennwort und ohne Einschränkungen.")
        )
    if not contains(upload, re.compile(rb"%%EOF")):
        raise UnacceptableFileError(
            _("Das PDF ist unvollständig. Bitte speichern Sie es neu und laden Sie es noch einmal hoch.")
        )
