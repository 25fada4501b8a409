"""Name, claim and logo of the network, as every page needs them.

A process reads them once and again after half a minute, so that a change reaches all processes soon and a
page costs no query. Until somebody has entered them the settings speak.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings

from ui.models import Identity

SECONDS = 30


@dataclass(frozen=True)
class NetworkIdentity:
    """`operator` is who runs the portal, "" where nobody has said; `logo_version` is 0 without a logo."""

    name: str
    claim: str
    operator: str = ""
    logo_version: int = 0


_kept: tuple[float, NetworkIdentity] | None = None


def identity() -> NetworkIdentity:
    """What the network calls itself."""
    global _kept
    now = time.monotonic()
    if _kept is None or now > _kept[0]:
        _kept = (now + SECONDS, _read())
    return _kept[1]


def keep_for(seconds: float) -> None:
    """Take what the settings say for so long without asking the database; 0 has it read anew."""
    global _kept
    _kept = (time.monotonic() + seconds, _from_settings()) if seconds else None


def logo() -> tuple[bytes, str] | None:
    """The picture and its media type. One query."""
    row = Identity.objects.values_list("logo", "logo_type").first()
    return (bytes(row[0]), row[1]) if row and row[1] else None


def _from_settings() -> NetworkIdentity:
    return NetworkIdentity(settings.NETWORK_NAME, settings.NETWORK_CLAIM)


def _read() -> NetworkIdentity:
    row = Identity.objects.defer("logo").first()
    if row is None:
        return _from_settings()
    return NetworkIdentity(row.name, row.claim, row.operator, row.version if row.logo_type else 0)
