"""German in Python code is marked for translation."""

import ast
import re
from collections.abc import Iterator

from ikone.settings import BASE_DIR, INSTALLED_APPS
from tests.support.reporting import assert_none

MARKS = {
    "_",
    "_n",
    "_p",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
GERMAN = re.compile(
    r"[äöüßÄÖÜ„]|\b(?:der|die|das|und|nicht|bitte|Bitte|ist|sind|wird|wurde|eine?|mit|von|zum|zur|Ihre?)\b"
)
# Data and not messages: the demo's content, the network's name, what the search knows of the language; and
# what operators read in a terminal.
CONTENT = re.compile(
    r"/migrations/|^search/analysis/|^search/query/wording.py|^ikone/demo/|^ikone/settings.py|"
    r"/management/commands/|^ikone/portal.py"
)
# Read and never shown: patterns, addresses with their parameters, parts of the headings of people's tables.
READERS = {"compile", "path"}
READ = {"von", "mit", "wofür", "einführung", "kündig"}
PROPER_NAMES = {"Baden-Württemberg", "Thüringen"}
FILES = [
    file
    for app in INSTALLED_APPS
    if (BASE_DIR / app).is_dir()
    for file in sorted((BASE_DIR / app).rglob("*.py"))
    if not CONTENT.search(str(file.relative_to(BASE_DIR)))
]


def test_german_in_code_is_marked() -> None:
    assert_none(
        {str(file): found for file in FILES if (found := list(unmarked(ast.parse(file.read_text()))))}
    )


def test_unmarked_german_is_found() -> None:
    assert list(unmarked(ast.parse('"""Das ist es."""\nmessage = "Bitte wählen."')))
    assert not list(unmarked(ast.parse('"""Das ist es."""\nmessage = _("Bitte wählen.")')))
    assert list(unmarked(ast.parse('path("für/", view, {"message": "Bitte wählen."})'))) == [
        "line 1: Bitte wählen."
    ]


def unmarked(tree: ast.Module) -> Iterator[str]:
    marked = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in MARKS:
                marked |= {id(child) for child in ast.walk(node)}
            elif called in READERS:
                marked |= set(map(id, node.args[:1]))
            elif called == "Hint":  # words that people type
                words = [keyword.value for keyword in node.keywords if keyword.arg == "words"]
                marked |= {id(child) for each in words for child in ast.walk(each)}
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            marked |= {id(child) for child in ast.walk(node.body[0])} if ast.get_docstring(node) else set()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))  # the explanation below an attribute
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in marked
            and len(node.value) > 2
            and node.value not in PROPER_NAMES | READ
            and GERMAN.search(node.value)
        ):
            yield f"line {node.lineno}: {node.value[:60]}"
