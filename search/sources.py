"""The kinds of things that can be found. Domain apps register theirs in their `apps.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from search.entries import EntryData
    from search.packing import Field


@dataclass(frozen=True)
class Hint:
    """Words in a query that mean a value of a facet: „gescheitert“ means projects that were stopped."""

    words: Collection[str]
    facet: str
    code: int
    label: str | StrPromise  # what pages say was understood


@dataclass(frozen=True)
class Source:
    """A kind of thing. `code` is stored in every entry and never reused.

    `all_entries()` yields the entry of every thing that has one, `entries_of(object_ids)` those of some.
    `facets` names its single-valued facets and where they stand in the packed integer. With `are_places`
    its things are cities: a query that names one prefers what belongs to it. `naming_city(city_id)` gives the
    ids of those whose entry says the name of a city that is not their own. `topics_of(object_ids)`
    gives the topics of things with all above them, where that is quicker than making their entries.
    """

    code: int
    name: str
    all_entries: Callable[[], Iterable[EntryData]]
    entries_of: Callable[[Collection[int]], Iterable[EntryData]]
    facets: Mapping[str, Field] = field(default_factory=dict)
    hints: Collection[Hint] = ()
    are_places: bool = False
    naming_city: Callable[[int], Collection[int]] = lambda _city_id: ()
    topics_of: Callable[[Collection[int]], Mapping[int, Sequence[int]]] | None = None


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


def owner_of(hint: Hint) -> int:
    """The code of the kind that has the facet."""
    return next(source.code for source in _sources.values() if hint in source.hints)


def code_of(name: str) -> int:
    """The code under which a source registered; for pages of floors that must not import it."""
    return next(source.code for source in _sources.values() if source.name == name)
