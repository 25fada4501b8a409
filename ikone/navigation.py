"""The main navigation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

SECTIONS = [
    (_("Praxis"), "practices:list"),
    (_("Themen"), "topics:list"),
    (_("Städte"), "cities:list"),
    (_("Gesuche"), "exchange:list"),
]
# What a section holds beside the addresses that begin with its own.
ALSO = {"practices:list": "blocks:list"}


@dataclass(frozen=True)
class Section:
    """`current` is the value of `aria-current`: "page" for this very page, "true" for one of the section."""

    label: Any
    url: str
    current: str


def sections(path: str) -> tuple[Section, ...]:
    """The portal's sections; the one that holds the path is current."""
    found = []
    for label, name in SECTIONS:
        url = reverse(name)
        is_inside = path.startswith((url, reverse(ALSO.get(name, name))))
        found.append(Section(label, url, "page" if path == url else "true" if is_inside else ""))
    return tuple(found)
