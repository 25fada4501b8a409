"""The English catalogue has every text, and every text is translated."""

import ast
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from ikone.settings import BASE_DIR, INSTALLED_APPS
from tests.support.reporting import assert_none

CATALOGUE = BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


@needs_gettext
def test_catalogue_holds_exactly_the_texts_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("templates", *INSTALLED_APPS):
        if (BASE_DIR / name).exists():
            shutil.copytree(BASE_DIR / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "locale" / "en" / "LC_MESSAGES"
    target.mkdir(parents=True)
    shutil.copy(CATALOGUE, target)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("django.conf.settings.LOCALE_PATHS", [tmp_path / "locale"])
    call_command("makemessages", locale=["en"], no_location=True, verbosity=0)
    found, kept = entries(target / "django.po"), entries(CATALOGUE)
    assert found - kept == set(), "run: manage.py makemessages -l en --no-location"
    assert kept - found == set(), "texts that are no longer there"


def test_no_text_stands_in_a_string_with_gaps() -> None:
    """xgettext finds only some texts in f-strings, so they have to be in the catalogue by another way."""
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    files = [file for name in INSTALLED_APPS for file in (BASE_DIR / name).rglob("*.py")]
    assert_none([text for file in files for text in texts_in_gaps(file) if text not in known])


def test_catalogue_is_complete() -> None:
    catalogue = polib.pofile(str(CATALOGUE))
    assert_none([entry.msgid for entry in catalogue if entry.fuzzy])
    assert_none([entry.msgid for entry in catalogue if not entry.obsolete and not entry.translated()])
    assert_none([entry.msgid for entry in catalogue if entry.obsolete])


def test_placeholders_are_kept() -> None:
    for entry in polib.pofile(str(CATALOGUE)):
        wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert placeholders(text) <= wanted, entry.msgid
        if not entry.msgid_plural:
            assert placeholders(entry.msgstr) == wanted, entry.msgid


def texts_in_gaps(file: Path) -> list[str]:
    strings = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    return [
        str(first.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"_", "gettext", "ngettext"}
        if isinstance(first := call.args[0], ast.Constant)
    ]


def placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def entries(file: Path) -> set[tuple[str | None, str, str]]:
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(file))
        if not entry.obsolete
    }
