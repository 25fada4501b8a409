"""The word lists of `german.toml` and `towns.toml`."""

import hashlib
import tomllib
from pathlib import Path

FILE = Path(__file__).with_name("german.toml")
TOWNS = Path(__file__).with_name("towns.toml")


def lists(part: str) -> dict[str, str]:
    """Words of one part of the file, by the name of their list."""
    read: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return read[part]


def fingerprint(part: str) -> str:
    """Tells whether a part of the file is another."""
    return hashlib.sha256(repr(sorted(lists(part).items())).encode()).hexdigest()[:12]


def towns() -> list[str]:
    """What German towns are called."""
    read: dict[str, str] = tomllib.loads(TOWNS.read_text(encoding="utf-8"))
    return read["towns"].split()
