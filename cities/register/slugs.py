"""Readable addresses for all municipalities: the name, for namesakes with their Kreis, then with the AGS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cities.enums import Designation
from cities.register.names import german_part
from cities.register.records import RegisterRow
from search.folding import german_slug

# Parts of the address space below /staedte/ that are pages of their own.
RESERVED = {"aufnehmen"}
LONGEST = 140
UNINCORPORATED = {Designation.UNINCORPORATED, Designation.UNINCORPORATED_INHABITED}


def slugs_for(rows: Iterable[RegisterRow], taken: Iterable[str]) -> dict[str, str]:
    """A free slug by AGS for each municipality; the same register always gives the same ones."""
    rows = sorted(rows, key=lambda row: row.ags)
    used = {*taken, *RESERVED}
    plain = _keep_plain_name(rows)
    chosen: dict[str, str] = {}
    for row in rows:
        slug = next(slug for slug in _candidates(row, row.ags in plain) if slug not in used)
        used.add(slug)
        chosen[row.ags] = slug
    return chosen


def _keep_plain_name(rows: Iterable[RegisterRow]) -> set[str]:
    """AGS of those that need no addition: the only ones of their name, or the only ones of some weight."""
    namesakes: dict[str, list[RegisterRow]] = {}
    for row in rows:
        namesakes.setdefault(_name_slug(row), []).append(row)
    plain: set[str] = set()
    for group in namesakes.values():
        municipalities = [row for row in group if row.designation not in UNINCORPORATED]
        independent = [row for row in municipalities if not row.district]
        plain.update(some[0].ags for some in (group, municipalities, independent) if len(some) == 1)
    return plain


def _candidates(row: RegisterRow, is_plain: bool) -> Iterator[str]:
    name = _name_slug(row)
    if name and is_plain:
        yield name
    if name and row.district:
        yield german_slug(f"{name} {row.district}", LONGEST)
    ending = f"{name or 'gemeinde'}-{row.ags}"
    yield ending
    number = 2
    while True:
        yield f"{ending}-{number}"
        number += 1


def _name_slug(row: RegisterRow) -> str:
    return german_slug(german_part(row.name), LONGEST - 20)
