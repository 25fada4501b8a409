"""What names.toml says: how people outside of the portal call Themenfelder and columns."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from search.folding import german_slug

_NAMES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "names.toml").read_text())

OFFICIAL: list[str] = _NAMES["themenfelder"]
ROOT: str = _NAMES["root"]
ROOT_SLUG: str = _NAMES["root_slug"]
CATALOGUE_COLUMNS: dict[str, list[str]] = _NAMES["catalogue"]
PROGRESS_COLUMNS: dict[str, list[str]] = _NAMES["progress"]
WORDS: dict[str, str] = {
    german_slug(word): value for value, words in _NAMES["words"].items() for word in words
}


def key_of(name: str) -> str:
    """How names are compared: „Bauen & Wohnen“ is the same with the word for „&“."""
    return german_slug(name.replace("&", f" {_NAMES['ampersand']} "))
