"""Keyset paging: flat at any depth, because a page continues after a row instead of counting to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

AFTER, BEFORE = "nach", "vor"
SALT = "paging"


@dataclass(frozen=True)
class Cursor:
    """A row's place in an order, and whether to go on behind it or before it."""

    key: tuple[str | int, ...]
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
    first_key: tuple[str | int, ...] | None = None
    last_key: tuple[str | int, ...] | None = None
    has_previous: bool = False
    has_next: bool = False

    def next_query(self, query: QueryDict) -> str:
        """The address's query for the next page, with all filters kept."""
        return _with_cursor(query, AFTER, self.last_key)

    def previous_query(self, query: QueryDict) -> str:
        return _with_cursor(query, BEFORE, self.first_key)


def _with_cursor(query: QueryDict, parameter: str, key: tuple[str | int, ...] | None) -> str:
    changed = query.copy()
    changed.pop(AFTER, None)
    changed.pop(BEFORE, None)
    if key is not None:
        changed[parameter] = signing.dumps(key, salt=SALT)
    return changed.urlencode()
