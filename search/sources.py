"""The kinds of things that can be found. Domain apps register theirs in their `apps.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.entries import EntryData


@dataclass(frozen=True)
class Source:
    """A kind of thing. `code` is stored in every entry and never reused.

    `all_entries()` yields the entry of every thing that has one, `entries_of(object_ids)` those of some.
    """

    code: int
    name: str
    all_entries: Callable[[], Iterable[EntryData]]
    entries_of: Callable[[Collection[int]], Iterable[EntryData]]


_sources: dict[int, Source] = {}


def register(source: Source) -> None:
    """Enter a source; called from an app's `ready()`."""
    known = _sources.setdefault(source.code, source)
    if known.name != source.name:
        raise ValueError(f"search source {source.code} is {known.name!r}, not {source.name!r}")


def sources() -> list[Source]:
    return list(_sources.values())


def source_of(code: int) -> Source:
    return _sources[code]


def code_of(name: str) -> int:
    """The code under which a source registered; for pages of floors that must not import it."""
    return next(source.code for source in _sources.values() if source.name == name)
