"""Kinds of documents that are made in the background; apps enter theirs in `apps.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User

Tell = Callable[[int, int], None]


class NothingToBuildError(Exception):
    """What was to be made into a document is not there any more, or not for this person."""


@dataclass(frozen=True)
class Built:
    """A finished document and the name under which it is saved."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True)
class Kind:
    """`build(owner, subject, tell)` makes one with what its owner may read at that moment.

    It calls `tell(done, total)` as it goes on, and raises NothingToBuildError where it cannot.
    """

    name: str
    build: Callable[[User, dict[str, Any], Tell], Built]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Enter a kind; called from an app's `ready()`."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    return _kinds[name]
