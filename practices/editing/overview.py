"""The task list of a write-up: what there is to write, how far it is, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from practices.editing.sections import SECTIONS, EditorSection
from practices.editing.states import State


@dataclass(frozen=True)
class Task:
    """A section in the list."""

    section: EditorSection
    url: str
    state: State
    is_next: bool

    @property
    def title(self) -> Promise:
        return self.section.title


def tasks_of(practice: Any) -> list[Task]:
    """`practice` comes from `for_editor()` and knows its topics; no query."""
    states = [section.state(practice) for section in SECTIONS]
    following = next((at for at, state in enumerate(states) if state != State.COMPLETE), None)
    return [
        Task(section, section.url(practice), state, is_next=at == following)
        for at, (section, state) in enumerate(zip(SECTIONS, states, strict=True))
    ]
