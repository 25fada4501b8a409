"""How a write-up is known in a file: by the id it came with, else by this portal's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from practices.enums import Visibility

if TYPE_CHECKING:
    from practices.models import Practice

NUMBER = re.compile(r"[1-9][0-9]{,14}")  # one spelling for each key


def own_prefix() -> str:
    return f"{urlsplit(settings.BASE_URL).netloc}/praxis/"


def external_id_of(practice: Practice) -> str:
    """The id it came with could tell the city of an anonymous one."""
    if practice.external_id and practice.visibility != Visibility.ANONYMOUS:
        return practice.external_id
    return own_id(practice)


def own_id(practice: Practice) -> str:
    """What this portal itself calls it."""
    return f"{own_prefix()}{practice.pk}"


def own_key(external_id: str) -> int | None:
    """The key of a write-up of this portal; None for an id from elsewhere."""
    prefix = own_prefix()
    number = external_id.removeprefix(prefix)
    return int(number) if external_id.startswith(prefix) and NUMBER.fullmatch(number) else None
