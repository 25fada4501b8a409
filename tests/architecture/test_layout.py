"""How the code is laid out: small files, no junk drawers, nothing left over."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_LINES = 300
JUNK_DRAWERS = {"utils", "helpers", "common", "core", "misc", "util", "helper"}
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
TEXT = {".py", ".html", ".css", ".js", ".mjs", ".toml", ".md", ".yml", ".yaml", ".txt", ".sh", ""}


def tracked() -> list[Path]:
    """Files of the repository, those not yet added included."""
    output = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / line for line in output.splitlines() if (ROOT / line).is_file()]


FILES = tracked()


@pytest.mark.parametrize(
    "suffixes", [{".py"}, {".html"}, {".js", ".mjs"}], ids=["Python", "templates", "scripts"]
)
def test_files_are_small(suffixes: set[str]) -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in FILES
        if file.suffix in suffixes and "migrations" not in file.parts
        if (lines := len(file.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_there_are_no_junk_drawers() -> None:
    assert [file for file in FILES if JUNK_DRAWERS & {file.stem, *file.relative_to(ROOT).parts}] == []


def test_nothing_is_left_for_later() -> None:
    leftovers = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in FILES
        if file.suffix in TEXT and file != Path(__file__).resolve()
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if LEFTOVER.search(line)
    ]
    assert leftovers == []


def test_migrations_are_named() -> None:
    automatic = [file.name for file in FILES if re.search(r"migrations/\d{4}_auto_", str(file))]
    assert automatic == []
