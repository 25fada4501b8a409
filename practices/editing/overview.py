"""The task list of a write-up: what there is to write, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from practices.editing.sections import SECTIONS, EditorSection
from practices.editing.states import State
from practices.models import WorkingCopy


@dataclass(frozen=True)
class Task:
    """A section in the list."""

    section: EditorSection
    url: str
    state: State
    is_next: bool
    unsaved: str  # when its author typed what is not saved yet

    @property
    def title(self) -> Promise:
        return self.section.title


def tasks_of(practice: Any, kept: Mapping[str, WorkingCopy]) -> list[Task]:
    """From what `practices.editing.reading` has read; no query."""
    states = [section.state(practice) for section in SECTIONS]
    following = next((at for at, state in enumerate(states) if state != State.COMPLETE), None)
    return [
        Task(
            section,
            section.url(practice),
            state,
            is_next=at == following,
            unsaved=kept[section.slug].moment if section.slug in kept else "",
        )
        for at, (section, state) in enumerate(zip(SECTIONS, states, strict=True))
    ]
