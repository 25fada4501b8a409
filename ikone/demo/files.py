"""Reads the files of the demo content: TOML, with prose as HTML that may run over several lines."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"


def read(name: str) -> dict[str, Any]:
    """The content of `content/NAME.toml`."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def practices() -> list[dict[str, Any]]:
    """The write-ups of all files, in the order of the files' names."""
    names = sorted(path.stem for path in FOLDER.glob("practices/*.toml"))
    return [practice for name in names for practice in read(f"practices/{name}")["practice"]]
