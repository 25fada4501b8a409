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
]
# What a section holds beside the addresses that begin with its own.
ALSO = {"practices:list": "blocks:list"}


@dataclass(frozen=True)
class Section:
    label: Any
    url: str
    is_current: bool


def sections(path: str) -> list[Section]:
    """The portal's sections; the one that holds the path is current."""
    return [
        Section(label, reverse(name), path.startswith((reverse(name), reverse(ALSO.get(name, name)))))
        for label, name in SECTIONS
    ]
