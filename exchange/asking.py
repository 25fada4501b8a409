"""The way to a new request from where somebody misses something."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

LONGEST_TITLE = 120


def ask_url(title: str = "", *, topic: str = "", miss: str = "") -> str:
    """The form with what is known already; a search in vain (`miss`) is forgotten once the request is out."""
    given = {"titel": title[:LONGEST_TITLE], "thema": topic, "suche": miss}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('exchange:new')}{f'?{query}' if query else ''}"
