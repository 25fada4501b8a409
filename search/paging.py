"""Keyset paging: flat at any depth, because a page continues after a row instead of counting to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

AFTER, BEFORE = "nach", "vor"
SALT = "paging"
PLACE = "platz"  # begins keys of ranked lists, which are counted


@dataclass(frozen=True)
class Cursor:
    """A row's place in an order, and whether to go on behind it or before it."""

    key: tuple[str | float, ...]
    is_backward: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Cursor | None:
        """The cursor in an address, or None where there is none or somebody wrote it by hand."""
        for parameter, is_backward in ((AFTER, False), (BEFORE, True)):
            if token := query.get(parameter):
                try:
                    return cls(tuple(signing.loads(token, salt=SALT)), is_backward)
                except (signing.BadSignature, ValueError, TypeError):
                    return None
        return None


@dataclass(frozen=True)
class Page:
    """One page of a list: ids in their order, how many there are in all, and the ways on."""

    ids: list[int]
    total: int
    first_key: tuple[str | float, ...] | None = None
    last_key: tuple[str | float, ...] | None = None
    has_previous: bool = False
    has_next: bool = False

    @classmethod
    def at_offset(cls, start: int, size: int, total: int) -> Page:
        """A page of a list that is short enough to be counted to; `offset_of` finds it again."""
        return cls(
            ids=[],
            total=total,
            first_key=(start,),
            last_key=(start + size,),
            has_previous=start > 0,
            has_next=start + size < total,
        )

    @property
    def places(self) -> tuple[int, int] | None:
        """Which ones of all are shown, counted from 1; None where a page knows its rows alone."""
        number, before = len(self.ids), self.first_key or ()
        if number and not self.has_previous:
            return (1, number) if number <= self.total else None
        # Keys of other lists are values of rows.
        is_counted = before[:1] == (PLACE,) if number else len(before) == 1
        if not is_counted or not isinstance(first := before[-1], int) or first >= self.total:
            return None
        last = self.last_key[-1] if self.last_key else None
        return first + 1, min(first + number if number else int(last or 0), self.total)

    def next_query(self, query: QueryDict) -> str:
        """The address's query for the next page, with all filters kept."""
        return _with_cursor(query, AFTER, self.last_key)

    def previous_query(self, query: QueryDict) -> str:
        return _with_cursor(query, BEFORE, self.first_key)


def offset_of(query: QueryDict, page_size: int) -> int:
    """Where the page begins that an address asks for, when its pages are made with `Page.at_offset`."""
    cursor = Cursor.from_query(query)
    if cursor is None or len(cursor.key) != 1 or not isinstance(cursor.key[0], int):
        return 0
    return max(cursor.key[0] - (page_size if cursor.is_backward else 0), 0)


def _with_cursor(query: QueryDict, parameter: str, key: tuple[str | float, ...] | None) -> str:
    changed = query.copy()
    changed.pop(AFTER, None)
    changed.pop(BEFORE, None)
    if key is not None:
        changed[parameter] = signing.dumps(key, salt=SALT)
    return changed.urlencode()
