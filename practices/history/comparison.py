"""Two versions side by side: for each field what changed, as prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey

from practices.history.differences import Passage, Piece, compare, words_between
from practices.history.fields import content_fields, label_of, recorded_fields, said
from practices.history.parts import PARTS, Part
from practices.history.states import State


@dataclass(frozen=True)
class Difference:
    """A field or kind of rows; without passages only the look of the text changed, not its words."""

    name: str
    label: str
    passages: list[Passage]


@dataclass(frozen=True)
class Comparison:
    differences: list[Difference]
    unchanged: list[str]  # labels of what has something to say in both


def side_by_side(old: State, new: State, *, content_only: bool = False) -> Comparison:
    """All that differs, in the order of the record. `content_only` leaves out what restoring leaves alone."""
    fields = content_fields() if content_only else recorded_fields()
    differences, unchanged = [], []
    for field in fields:
        if found := _of_field(field, old, new):
            differences.append(found)
        elif new.values[field.attname]:
            unchanged.append(label_of(field))
    for part in PARTS:
        if passages := list(_of_part(part, old, new)):
            differences.append(Difference(part.name, str(part.label), passages))
        elif new.rows(part.name):
            unchanged.append(str(part.label))
    return Comparison(differences, unchanged)


def changed_labels(old: State, new: State) -> list[str]:
    """What a list of versions says of a change."""
    fields = [label_of(field) for field in recorded_fields() if _has_changed(field, old, new)]
    return fields + [str(part.label) for part in PARTS if any(_changed_lines(part, old, new))]


def _has_changed(field: Field, old: State, new: State) -> bool:
    return bool(old.values[field.attname] != new.values[field.attname])


def _of_field(field: Field, old: State, new: State) -> Difference | None:
    if not _has_changed(field, old, new):
        return None
    before, after = (said(field, state.values[field.attname], _namer(state, field)) for state in (old, new))
    return Difference(field.name, label_of(field), compare(before, after))


def _namer(state: State, field: Field) -> Any:
    return lambda _name: state.name_of(field, state.values) if isinstance(field, ForeignKey) else ""


def line_of(part: Part, state: State, values: Any) -> str:
    """One row of a part in words."""
    keys = {each.name: each for each in part.foreign_keys}
    return part.say(part.thing(values), lambda name: state.name_of(keys[name], values))


def _lines(part: Part, state: State) -> dict[Any, str]:
    """What each row says, by what identifies it within the write-up."""
    return {
        tuple(values[column] for column in part.key): line_of(part, state, values)
        for _id, values in sorted(state.rows(part.name).items())
    }


def _changed_lines(part: Part, old: State, new: State) -> tuple[dict[Any, str], dict[Any, str]]:
    """The lines of both without those that both say, be it under another id."""
    before, after = _lines(part, old), _lines(part, new)
    same = Counter(before.values()) & Counter(after.values())
    return _without(before, same.copy()), _without(after, same)


def _without(lines: dict[Any, str], same: Counter[str]) -> dict[Any, str]:
    left = {}
    for key, line in lines.items():
        if same[line]:
            same[line] -= 1
        else:
            left[key] = line
    return left


def _of_part(part: Part, old: State, new: State) -> Iterator[Passage]:
    """Changed rows word by word, then what is gone and what is new. Unchanged rows are left out."""
    before, after = _changed_lines(part, old, new)
    for key in [*before, *(key for key in after if key not in before)]:
        gone, come = before.get(key), after.get(key)
        if gone is not None and come is not None:
            yield Passage(words_between(gone, come), "bullet")
        elif gone is not None:
            yield Passage((Piece(gone, "removed"),), "bullet")
        elif come is not None:
            yield Passage((Piece(come, "added"),), "bullet")
