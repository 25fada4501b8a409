"""Keeps secrets that stand in addresses out of the logs."""

import re
from collections.abc import MutableMapping
from typing import Any

# Links from mails, whole or quoted inside `?next=`: the part after these paths opens something.
SECRET_PATH = re.compile(
    r"((?:/|%2F)(?:einladung|praxis(?:/|%2F)aktuell|konto(?:/|%2F)passwort(?:/|%2F)neu|konto(?:/|%2F)e-mail)(?:/|%2F))[\w:.-]{12,}",
    re.IGNORECASE,
)


def hide_secrets(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor; looks at every text of an entry, tracebacks included."""
    for key, value in entry.items():
        if isinstance(value, str):
            entry[key] = SECRET_PATH.sub(r"\1…", value)
    return entry
