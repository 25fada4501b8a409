"""What operators are told is what the code does."""

import re

from django.conf import settings
from django.core.management import get_commands

OPERATIONS = (settings.BASE_DIR / "docs" / "operations.md").read_text()
COMPOSE = (settings.BASE_DIR / "docker-compose.yml").read_text()
CODE = "".join((settings.BASE_DIR / "ikone" / name).read_text() for name in ("settings.py", "environment.py"))
CALL = re.compile(r"(?:env|self)\.(text|list|flag)\(\s*\"([A-Z_]+)\"([^()]*(?:\([^()]*\)[^()]*)*)\)")
SET_BY_THE_IMAGE = {"MEDIA_ROOT"}


def variables() -> dict[str, bool]:
    """Environment variables by name, and whether production needs each."""
    return {
        name: method != "flag" and "production=" not in arguments
        for method, name, arguments in CALL.findall(CODE)
    }


def test_every_variable_is_documented() -> None:
    assert len(variables()) > 10
    for name, is_required in variables().items():
        assert f"`{name}`{' *' if is_required else ''} |" in OPERATIONS, name


def test_compose_passes_on_every_variable_that_production_needs() -> None:
    for name, is_required in variables().items():
        if is_required and name not in SET_BY_THE_IMAGE:
            assert f"    {name}: ${{{name}:?" in COMPOSE or name == "DATABASE_URL", name


def test_commands_that_operators_are_told_exist() -> None:
    told = set(re.findall(r"manage\.py ([a-z_]+)", OPERATIONS + COMPOSE))
    listed = OPERATIONS.split("## Commands")[1]
    told |= {
        name.split()[0]
        for cell in re.findall(r"^\| (`.*?) \|", listed, re.M)
        for name in re.findall(r"`([a-z].*?)`", cell)
    }
    assert told <= set(get_commands()), told - set(get_commands())
