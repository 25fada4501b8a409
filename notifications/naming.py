"""What mails call the network. This app knows no portal, so the portal says who knows the name."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings


def _from_settings() -> str:
    return str(settings.NETWORK_NAME)


_source: Callable[[], str] = _from_settings


def named_by(source: Callable[[], str]) -> None:
    """Ask `source` for the network's name; called from an app's `ready()`."""
    global _source
    _source = source


def network_name() -> str:
    return _source()
