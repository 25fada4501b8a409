"""Names of uploaded files, made fit for every system they may be saved on."""

from __future__ import annotations

import re
import unicodedata

from practices.models.files import LONGEST_NAME

# Windows refuses these; slashes and backslashes would be paths.
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def extension_of(name: str) -> str:
    """What stands after the last dot, in lower case; empty when that is no extension."""
    found = re.search(r"\.([A-Za-z0-9]{1,10})\s*$", name)
    return found[1].lower() if found else ""


def clean_name(name: str, extension: str) -> str:
    """The last step of a path, of bearable length, without control and direction marks, ending rightly."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem = last[: -len(extension_of(last)) - 1] if extension_of(last) else last
    stem = "".join(
        " " if unicodedata.category(letter)[0] in "CZ" else letter for letter in FORBIDDEN.sub("-", stem)
    )
    stem = " ".join(stem.split()).strip(". -")
    return f"{stem[: LONGEST_NAME - len(extension) - 1].strip('. ') or 'datei'}.{extension}"
