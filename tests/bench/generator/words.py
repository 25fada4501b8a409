"""The vocabulary and the sentences, as the files beside this module list them."""

import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
_vocabulary: dict[str, str] = tomllib.loads((HERE / "vocabulary.toml").read_text())
_phrases: dict = tomllib.loads((HERE / "phrases.toml").read_text())


def words(name: str) -> list[str]:
    return _vocabulary[name].split()


def lines(name: str) -> list[str]:
    return _vocabulary[name].splitlines()


def pairs(name: str) -> tuple[list[str], list[str]]:
    """Two forms of each entry, in two lists."""
    first, second = zip(*(line.split(" | ") for line in lines(name)), strict=True)
    return list(first), list(second)


def sentences(name: str) -> list[str]:
    """Sentences of the file's top level."""
    return _phrases[name].splitlines()


def sections() -> dict[str, list[str]]:
    """Sentences by the field of a write-up that they fit."""
    return {name: text.splitlines() for name, text in _phrases["sections"].items()}
