"""Templates: none is dead, none loads what it does not use, and every word in them is marked."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.template import Engine, TemplateDoesNotExist
from django.template.base import Lexer, Token, TokenType

from ikone.settings import BASE_DIR, INSTALLED_APPS
from tests.support.reporting import assert_none

OWN_FOLDERS = [BASE_DIR / "templates", *(BASE_DIR / app / "templates" for app in INSTALLED_APPS)]
TEMPLATES = {
    str(file.relative_to(folder)): file
    for folder in OWN_FOLDERS
    for file in sorted(folder.rglob("*"))
    if file.is_file()
}
PAGES = {name: file for name, file in TEMPLATES.items() if file.suffix == ".html"}
CODE = "\n".join(
    file.read_text()
    for app in INSTALLED_APPS
    if (BASE_DIR / app).is_dir()
    for file in sorted((BASE_DIR / app).rglob("*.py"))
)
# Django and allauth look for these by themselves.
FOUND_BY_NAME = {"400.html", "403.html", "404.html", "429.html", "500.html", "robots.txt"}

TRANSLATING = ("translate", "trans", "blocktranslate", "blocktrans")
# Tags whose quoted arguments are names and not words to read.
NAMING = {
    *(
        "extends",
        "include",
        "kept_include",
        "url",
        "static",
        "load",
        "block",
        "endblock",
        "with",
        "if",
        "elif",
        "for",
        "cycle",
    ),
    *(
        "icon",
        "panels",
        "querystring",
        "now",
        "get_current_language",
        "partialdef",
        "partial",
        "regroup",
        "csrf_token",
    ),
}
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:alt|title|placeholder|aria-label|aria-description|label)="([^"{]*)"')
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
# Names that read the same in every language.
NAMES = re.compile(
    r"IKONE(-DS)?|KERN|CSV|PDF|Excel|km²|&[a-z]+;|https?:\S+|OZG|EUPL-1\.2|html|CC BY 4\.0"
    r"|WCAG( 2\.\d)?( AA)?"
)


def overrides_a_library(name: str) -> bool:
    """Whether a library has a template of this name, which is ours to replace."""
    for config in apps.get_app_configs():
        is_library = not Path(config.path).is_relative_to(BASE_DIR) or ".venv" in config.path
        if is_library and (Path(config.path) / "templates" / name).exists():
            return True
    try:
        return ".venv" in str(Engine.get_default().get_template(f"django/{name}").origin)
    except TemplateDoesNotExist:
        return False


def test_every_template_is_used() -> None:
    assert_none([name for name in TEMPLATES if not is_used(name)])


def is_used(name: str) -> bool:
    sources = [CODE, *(file.read_text() for other, file in TEMPLATES.items() if other != name)]
    stem = name.rsplit(".", 1)[0]
    return (
        name in FOUND_BY_NAME
        or any(f'"{said}"' in source for source in sources for said in (name, stem, f"/{name}"))  # typst: /
        or (
            name.startswith("notifications/mail/") and f'"{Path(name).stem}"' in CODE
        )  # send_mail(template=…)
        or overrides_a_library(name)
    )


def test_every_template_uses_what_it_loads() -> None:
    assert_none(
        {name: loads for name, file in PAGES.items() if (loads := list(idle_loads(file.read_text())))}
    )


def test_an_idle_load_is_found() -> None:
    assert list(idle_loads("{% load tz humanize %}{% localtime on %}")) == ["humanize"]


def idle_loads(source: str) -> Iterator[str]:
    """Tag libraries that are loaded and not used, or that are there without loading."""
    engine = Engine.get_default()
    for token in tokens(source):
        if token.token_type != TokenType.BLOCK or token.split_contents()[0] != "load":
            continue
        for library in token.split_contents()[1:]:
            module = engine.libraries.get(library)
            register = import_module(module).register if module else None
            is_used = register and (
                any(re.search(rf"{{%\s*{tag}\b", source) for tag in register.tags)
                or any(re.search(rf"\|\s*{name}\b", source) for name in register.filters)
            )
            if module in engine.builtins or not is_used:
                yield library


def test_every_word_in_a_template_is_marked_for_translation() -> None:
    assert_none(
        {name: words for name, file in PAGES.items() if (words := list(unmarked_words(file.read_text())))}
    )


@pytest.mark.parametrize(
    "source",
    [
        "<p>Willkommen</p>",
        '<img alt="Karte">',
        '{% badge "geprüft" %}',
        '{% link_button "Zurück" url %}',
        "{% blocktranslate %}Gut{% endblocktranslate %} schlecht",
    ],
)
def test_an_unmarked_word_is_found(source: str) -> None:
    assert list(unmarked_words(source))


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Willkommen" %}',
        '{% badge _("geprüft") tone="success" icon="check" %}',
        "{% blocktranslate trimmed count n=n %}Eine Stadt{% plural %}{{ n }} Städte{% endblocktranslate %}",
        '<a class="kern-link" href="{% url "home" %}">{{ name }}</a>',
        "{% comment %}Worte{% endcomment %}<!-- Worte -->",
    ],
)
def test_marked_words_and_markup_pass(source: str) -> None:
    assert list(unmarked_words(source)) == []


def tokens(source: str) -> list[Token]:
    return Lexer(source).tokenize()


def unmarked_words(source: str) -> Iterator[str]:
    """What a reader would see and makemessages would not."""
    visible = []
    until = ""
    for token in tokens(source):
        if token.token_type == TokenType.TEXT:
            if not until:
                visible.append(token.contents)
            continue
        if token.token_type != TokenType.BLOCK:
            continue
        tag = token.split_contents()[0]
        if until:
            until = "" if tag == until else until
        elif tag in {"blocktranslate", "blocktrans", "comment"}:
            until = f"end{tag}"
        elif tag not in NAMING and tag not in TRANSLATING:
            yield from unmarked_arguments(token)
    text = "".join(visible)
    for attribute in SPOKEN_ATTRIBUTES.findall(text):
        if WORD.search(NAMES.sub("", attribute)):
            yield attribute
    text = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    yield from WORD.findall(NAMES.sub("", text))


def unmarked_arguments(token: Token) -> Iterator[str]:
    """Quoted arguments of a component that look like words: an umlaut, a blank or a capital letter."""
    for part in token.split_contents()[1:]:
        match = re.fullmatch(r"""(?:[\w-]+=)?["'](.*)["']""", part)
        if (
            match
            and WORD.search(match[1])
            and re.search(r"[ÄÖÜäöüß„“–]|[a-zäöü] \w|^[A-ZÄÖÜ][a-zäöü]", match[1])
        ):
            yield part
