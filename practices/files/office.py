"""Office documents: zip archives of which only what is needed is ever unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, Any

from django.utils.translation import gettext as _

from practices.files import kinds
from practices.files.kinds import FileKind
from practices.files.reading import contains
from practices.files.refusal import UnacceptableFileError

MOST_ENTRIES = 10_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 100
MOST_READ = 2 * 1024 * 1024
MACROS = re.compile(
    r"(^|/)(vbaProject\w*\.bin|vbaData\.xml|macrosheets/|Basic/|Scripts/)|\.(docm|dotm|xlsm|xltm|xlam|pptm|potm|ppsm|ppam)$",
    re.IGNORECASE,
)
MAIN_PARTS = {
    "wordprocessingml.document.main+xml": kinds.DOCX,
    "spreadsheetml.sheet.main+xml": kinds.XLSX,
    "presentationml.presentation.main+xml": kinds.PPTX,
}
ODF_TYPES = {kind.media_type: kind for kind in (kinds.ODT, kinds.ODS, kinds.ODP)}
ENCRYPTED_PACKAGE = re.compile(re.escape("EncryptedPackage".encode("utf-16-le")))


def office_kind(file: IO[bytes] | Any) -> FileKind:
    """What kind of document a zip archive is; UnacceptableFileError when none that is allowed."""
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bombs(archive)
            return _kind_of(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        KeyError,
    ) as error:
        raise UnacceptableFileError(
            _(
                "Die Datei ist beschädigt. Bitte öffnen Sie sie, speichern Sie sie neu und laden Sie sie "
                "noch einmal hoch."
            )
        ) from error
    except RuntimeError as error:  # zipfile's word for an entry with a password
        raise _encrypted() from error


def refuse_old_office(file: IO[bytes] | Any) -> None:
    """Files in Microsoft's old container: documents of before 2007, and newer ones with a password."""
    if contains(file, ENCRYPTED_PACKAGE):
        raise _encrypted()
    raise UnacceptableFileError(
        _("Das ist ein altes Office-Format. Bitte speichern Sie die Datei als .docx, .xlsx, .pptx oder PDF.")
    )


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or (unpacked > MOST_READ * 5 and unpacked > MOST_RATIO * packed)
    ):
        raise UnacceptableFileError(_("Ausgepackt ist die Datei viel zu groß. Bitte teilen Sie sie auf."))


def _kind_of(archive: zipfile.ZipFile) -> FileKind:
    names = archive.namelist()
    if any(entry.flag_bits & 0x1 for entry in archive.infolist()):
        raise _encrypted()
    if any(MACROS.search(name) for name in names):
        raise _with_macros()
    if "[Content_Types].xml" in names:
        kind = _microsoft_kind(_read(archive, "[Content_Types].xml"))
    elif "mimetype" in names:
        if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
            raise _encrypted()
        kind = ODF_TYPES.get(_read(archive, "mimetype").decode("ascii", "replace").strip())
    else:
        raise UnacceptableFileError(
            _(
                "Zip-Archive nehmen wir nicht an. Bitte laden Sie die Dateien einzeln hoch oder "
                "verlinken Sie einen Ablageort, zum Beispiel ein Repository."
            )
        )
    if kind is None:
        raise UnacceptableFileError(_("Dieses Office-Format ist nicht möglich.") + f" {kinds.ALLOWED}")
    return kind


def _microsoft_kind(content_types: bytes) -> FileKind | None:
    if b"macroenabled" in content_types.lower():
        raise _with_macros()
    return next((kind for part, kind in MAIN_PARTS.items() if part.encode() in content_types), None)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(MOST_READ)


def _encrypted() -> UnacceptableFileError:
    return UnacceptableFileError(
        _("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
    )


def _with_macros() -> UnacceptableFileError:
    return UnacceptableFileError(
        _("Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros, zum Beispiel als .docx oder .xlsx.")
    )
