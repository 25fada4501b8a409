"""Data protection: what the portal knows of a person, and how it forgets them.

`accounts` knows no app above it. Each app enters a source in its `apps.py`: what it holds of a person, and
how it takes the person out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import User


FORMER_MEMBER = "ehemaliges Mitglied"


@dataclass(frozen=True)
class PrivacySource:
    """`export` gives what JSON can hold, `erase` clears what names the person, history included.

    Values of an exported dictionary may be `Rows` (accounts/privacy/reading.py), all read together.

    The account's row stays as „ehemaliges Mitglied“, so relations to it need no attention. `objection`
    gives a sentence where the person cannot go yet.
    """

    name: str
    export: Callable[[User], Any]
    erase: Callable[[User], None]
    objection: Callable[[User], str] = lambda _person: ""


_sources: dict[str, PrivacySource] = {}


def register(source: PrivacySource) -> None:
    """Enter a source; called from an app's `ready()`."""
    _sources[source.name] = source


def sources() -> list[PrivacySource]:
    return list(_sources.values())
