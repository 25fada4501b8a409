"""How complete a short profile is, what comes next, and how long it takes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.enums import Kind
from practices.forms import ProfileForm

# Fields of which one has to be filled, and minutes that it takes.
PARTS: list[tuple[tuple[str, ...], int]] = [
    (("title",), 1),
    (("summary",), 1),
    (("primary_topic",), 1),
    (("starting_point",), 2),
    (("solution",), 2),
    (("lessons",), 2),
    (("stop_reason",), 1),
    (("contact_name",), 1),
    (("contact_email", "contact_phone"), 0),
]
ONLY_STOPPED = "stop_reason"


@dataclass(frozen=True)
class Part:
    """One thing that a short profile needs."""

    names: tuple[str, ...]
    label: str
    target: str
    minutes: int
    is_filled: bool


@dataclass(frozen=True)
class Progress:
    """How far a short profile is; `rules` let the browser go on counting as somebody types."""

    parts: list[Part]
    rules: str

    @property
    def total(self) -> int:
        return len(self.parts)

    @property
    def done(self) -> int:
        return sum(part.is_filled for part in self.parts)

    @property
    def following(self) -> Part | None:
        """The first thing that is missing."""
        return next((part for part in self.parts if not part.is_filled), None)

    @property
    def minutes(self) -> int:
        return max(1, sum(part.minutes for part in self.parts if not part.is_filled))


def progress_of(form: ProfileForm) -> Progress:
    parts = [_part(form, names, minutes) for names, minutes in PARTS]
    rules = json.dumps(
        [
            {
                "names": part.names,
                "label": part.label,
                "target": part.target,
                "minutes": part.minutes,
                "only": Kind.STOPPED if ONLY_STOPPED in part.names else "",
            }
            for part in parts
        ]
    )
    is_stopped = form["kind"].value() == Kind.STOPPED
    return Progress([part for part in parts if is_stopped or ONLY_STOPPED not in part.names], rules)


def _part(form: ProfileForm, names: tuple[str, ...], minutes: int) -> Part:
    first = form[names[0]]
    label = str(first.label) if len(names) == 1 else _("E-Mail-Adresse oder Telefon")
    return Part(names, label, first.id_for_label, minutes, any(form[name].value() for name in names))
