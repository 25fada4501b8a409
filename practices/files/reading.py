"""Looking into files piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

CHUNK = 256 * 1024
OVERLAP = 256


def chunks(file: IO[bytes] | Any) -> Iterator[bytes]:
    """All of a file from its start."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def contains(file: IO[bytes] | Any, pattern: re.Pattern[bytes]) -> bool:
    """Whether a pattern of at most OVERLAP bytes stands anywhere."""
    tail = b""
    for chunk in chunks(file):
        if pattern.search(tail + chunk):
            return True
        tail = chunk[-OVERLAP:]
    return False
