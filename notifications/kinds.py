"""The kinds of mail that the portal writes: apps enter theirs, people choose which ones they want."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class MailKind:
    """`code` is stored; what is not optional is always sent, and `help_text` says why."""

    code: str
    label: str | Promise
    help_text: str | Promise = ""
    is_optional: bool = True


_kinds: dict[str, MailKind] = {}


def register(*kinds: MailKind) -> None:
    """Enter kinds of mail; called from an app's `ready()`."""
    for kind in kinds:
        _kinds[kind.code] = kind


def kinds() -> list[MailKind]:
    """All kinds, those first that can be switched off."""
    return sorted(_kinds.values(), key=lambda kind: not kind.is_optional)


def is_optional(code: str) -> bool:
    return _kinds[code].is_optional
