"""Every HTML page as four people see it: sound markup, nothing inline, nothing from elsewhere."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.databases import ROOT
from tests.support.reporting import assert_none
from tests.support.world import Who
from tests.sweeps.answers import Answers, Read
from tests.sweeps.documents import Document
from tests.sweeps.rows import DOCUMENTS

READERS = (Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.COORDINATOR)
REAUTHENTICATION = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        # Formatting is djLint's.
        "no-trailing-whitespace": "off",
        "attribute-boolean-style": "off",
        "void-style": "off",
        "doctype-style": "off",
        # Titles and texts are people's.
        "long-title": "off",
        "no-inline-style": "error",
        # KERN's scrolling tables are regions.
        "prefer-native-element": ["error", {"exclude": ["region"]}],
        # Checkboxes of one name are one choice of many.
        "form-dup-name": ["error", {"shared": ["radio", "checkbox", "submit", "button", "reset"]}],
        "require-sri": "off",
    },
}


@pytest.fixture(scope="module")
def read(answers: Answers) -> dict[str, Read]:
    """HTML pages by page and reader."""
    found = {f"{case} {who}": answers.of(case, who) for case in DOCUMENTS for who in READERS}
    return {name: answer for name, answer in found.items() if answer.status == 200 and answer.html}


@pytest.fixture(scope="module")
def sources(read: dict[str, Read]) -> dict[str, str]:
    return {name: answer.html for name, answer in read.items()}


@pytest.fixture(scope="module")
def pages(read: dict[str, Read]) -> dict[str, Document]:
    return {name: answer.document for name, answer in read.items()}


def test_most_of_the_table_was_read(sources: dict[str, str]) -> None:
    assert {name.rsplit(" ", 1)[0] for name in sources} >= {
        str(case) for case in DOCUMENTS if case.answers == {200} and set(READERS) & case.who
    }


def several_h1(page: Document) -> object:
    return [] if page.headings.count("h1") == 1 else page.headings


def repeated_ids(page: Document) -> object:
    return [name for name, count in Counter(page.ids).items() if count > 1]


def dangling_references(page: Document) -> object:
    return [reference for reference in page.references if reference[1] not in page.ids]


def skipped_heading_levels(page: Document) -> object:
    levels = [int(heading[1]) for heading in page.headings]
    first = levels.index(1) if 1 in levels else 0
    return [pair for pair in zip(levels[first:], levels[first + 1 :], strict=False) if pair[1] > pair[0] + 1]


CHECKS: list[Callable[[Document], object]] = [
    several_h1,
    repeated_ids,
    dangling_references,
    skipped_heading_levels,
    lambda page: [] if page.language in {"de", "en"} else [page.language],
    lambda page: [] if page.title.strip(" –\n") else ["no title"],
    lambda page: page.forbidden,
    lambda page: page.foreign,
]


@pytest.mark.parametrize(
    "check",
    CHECKS,
    ids=["one h1", "ids", "references", "levels", "lang", "title", "nothing inline", "own origin"],
)
def test_every_page_is_sound(check: Callable[[Document], list[object]], pages: dict[str, Document]) -> None:
    assert_none({name: found for name, page in pages.items() if (found := check(page))})


def test_titles_tell_pages_apart(pages: dict[str, Document]) -> None:
    views: dict[str, set[str]] = {}
    for name, page in pages.items():
        views.setdefault(" ".join(page.title.split()), set()).add(name.split()[0])
    # The login asks twice for the same thing in different ways.
    alike = {title: names for title, names in views.items() if len(names) > 1}
    assert_none(
        {
            title: names
            for title, names in alike.items()
            if not all("reauthenticate" in name for name in names)
        }
    )


@pytest.mark.parametrize(
    ("html", "check"),
    [
        ("<h1>a</h1><h1>b</h1>", several_h1),
        ('<p id="a"></p><p id="a"></p>', repeated_ids),
        ('<label for="gone">a</label>', dangling_references),
        ('<input aria-describedby="gone">', dangling_references),
        ("<h1>a</h1><h3>b</h3>", skipped_heading_levels),
        ('<p style="color:red">', lambda page: page.forbidden),
        ('<p onclick="go()">', lambda page: page.forbidden),
        ("<script>go()</script>", lambda page: page.forbidden),
        ('<script src="https://cdn.example/x.js"></script>', lambda page: page.foreign),
        ('<img src="//cdn.example/x.png">', lambda page: page.foreign),
    ],
)
def test_the_checks_find_what_they_look_for(html: str, check: Callable[[Document], object]) -> None:
    assert check(Document(html))


def validate(folder: Path) -> list[str]:
    """What html-validate finds in a folder, one line each."""
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    result_file = folder / "result.json"
    run = subprocess.run(
        [ROOT / "node_modules" / ".bin" / "html-validate", "--formatter", f"json={result_file}", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result_file.exists(), run.stderr
    return [
        f"{Path(result['filePath']).stem} {message['line']}: {message['ruleId']} {message['message']}"
        for result in json.loads(result_file.read_text())
        for message in result["messages"]
    ]


def test_every_page_is_valid_html(sources: dict[str, str], tmp_path: Path) -> None:
    for name, html in sources.items():
        (tmp_path / f"{name.replace(':', '.').replace(' ', '_')}.html").write_text(html)
    # A passkey is handed in by a script, whose button is no submit button.
    passkey_form = "wcag/h32 <form> element must have a submit button"
    handed_in_by_script = ("account_login", "mfa_add_webauthn", "mfa_reauthenticate_webauthn")
    found = [
        line
        for line in validate(tmp_path)
        if not (line.startswith(handed_in_by_script) and passkey_form in line)
    ]
    assert_none(found)


def test_invalid_html_is_found(tmp_path: Path) -> None:
    assert shutil.which("node"), "Node is missing"
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><html lang='de'><title>x</title><p><div></div></p></html>"
    )
    assert validate(tmp_path)
