"""The English catalogue has every text, and every text is translated."""

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


def placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def entries(file: Path) -> set[tuple[str | None, str, str]]:
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(file))
        if not entry.obsolete
    }
