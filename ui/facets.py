"""A filter of a list: what can be chosen, how many hits each choice has, and what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One value of a filter. `depth` indents choices of a tree, 0 being its roots."""

    value: str
    label: str
    count: int | None = None
    is_chosen: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Facet:
    """One filter; `name` is its parameter in the address. Beyond `shown` choices the rest is folded.

    Filters are equal when they look equal, whatever sequence the choices came in.
    """

    name: str
    title: str
    choices: Sequence[Choice] = ()
    is_multiple: bool = True
    is_open: bool = False
    shown: int = 8

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(self.choices))

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_chosen and choice.value]

    @property
    def first_choices(self) -> Sequence[Choice]:
        """The first ones, and any chosen one that would be folded away."""
        head = self.choices[: self.shown]
        return [*head, *(choice for choice in self.choices[self.shown :] if choice.is_chosen)]

    @property
    def more_choices(self) -> Sequence[Choice]:
        return [choice for choice in self.choices[self.shown :] if not choice.is_chosen]
