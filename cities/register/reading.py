"""Opens a register file and recognises its form by its content."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils.translation import gettext as _

from cities.register import auszug, gv100ad
from cities.register.records import RegisterError, RegisterFile

LARGEST = 64 * 1024 * 1024
ZIP, OLD_OFFICE, PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_register(path: Path, population_date: dt.date | None = None) -> RegisterFile:
    """The register in a file; `population_date` is for the form that does not say it itself.

    Raises RegisterError with all that is wrong, in German.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise RegisterError.of_file(_("Die Datei hat mehr als 64 MB und ist kein Gemeindeverzeichnis."))
        content = path.read_bytes()
    except IsADirectoryError:
        raise RegisterError.of_file(_("Das ist ein Ordner, keine Datei.")) from None
    except OSError as error:
        raise RegisterError.of_file(
            _("Die Datei lässt sich nicht öffnen: %(reason)s") % {"reason": error.strerror}
        ) from None
    return parse(content, population_date)


def parse(content: bytes, population_date: dt.date | None = None) -> RegisterFile:
    if not content.strip():
        raise RegisterError.of_file(_("Die Datei ist leer."))
    if content.startswith(ZIP):
        return auszug.parse(content)
    if content.startswith((OLD_OFFICE, PDF)):
        raise RegisterError.of_file(
            _("Ein altes oder geschütztes Office-Dokument oder ein PDF. Gebraucht wird .xlsx oder .txt.")
        )
    return gv100ad.parse(content, population_date)
