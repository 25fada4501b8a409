"""Assertions that show everything they found."""

from pprint import pformat
from typing import Any


def assert_none(found: Any) -> None:
    """Fail with all of it when anything was found; pytest's own message shows only the first."""
    if found:
        raise AssertionError("\n" + pformat(found, width=160))
