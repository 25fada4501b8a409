"""Panels: how a page of a lower floor shows things of the floors above without importing them.

A page names its slots in its template (`{% panels "city.main" city %}`); apps above register a panel for a
slot in their `apps.py`. A panel whose context is None is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Panel:
    """One block of a page.

    `context(request, subject)` gives the template's variables, or None to stay away; it must cost a number of
    queries that does not grow with the rows shown. `subject` is what the page is about, or None.
    `reads(reader)` names annotations that the page adds to its query for the subject (by `reads_for`), so
    that a small figure needs no query of its own.
    """

    slot: str
    order: int
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    reads: Callable[[Any], dict[str, Any]] | None = None


_panels: dict[str, list[Panel]] = defaultdict(list)


def register(panel: Panel) -> None:
    """Enter a panel; called from an app's `ready()`."""
    _panels[panel.slot].append(panel)
    _panels[panel.slot].sort(key=lambda entry: entry.order)


def panels_for(slot: str) -> list[Panel]:
    """The panels of a slot, in their order."""
    return list(_panels[slot])


def reads_for(slot: str, reader: Any) -> dict[str, Any]:
    """What the panels of a slot want to have read along with the page's subject."""
    return {
        name: expression
        for panel in _panels[slot]
        if panel.reads
        for name, expression in panel.reads(reader).items()
    }
