"""Write-ups as a search shows them: cards with marked words, and a piece of text where the card has none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from practices.cards import Card, cards_with_texts
from practices.sections import TEXT_FIELDS
from search.marking import MARKED, Marker
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SNIPPET_LENGTH = 220
FOUND_KEPT = 10_000  # cards of about a kilobyte each in one process


@dataclass(frozen=True)
class FoundCard:
    """A card, and its words as they are to be shown: escaped, with what was searched in `<mark>`."""

    card: Card
    title: SafeString
    summary: SafeString
    snippet: SafeString


def found_by_key(
    practice_ids: Collection[int], reader: User | AnonymousUser, marker: Marker
) -> dict[int, FoundCard]:
    """By id, in the order given. One query."""
    found = cards_with_texts(practice_ids, reader, *TEXT_FIELDS)
    return {key: _found(card, parts, marker) for key, (card, parts) in found.items()}


def _found(card: Card, parts: Collection[str], marker: Marker) -> FoundCard:
    """To look for words in texts takes longer than to read them, and many look for the same."""
    texts = "\0".join(part or "" for part in parts)
    place = _place(card, blake2b(texts.encode()).digest(), marker)
    if not place:
        summary = marker.mark(card.summary)
        # Where the card itself does not show why it was found, the piece of the text that does.
        snippet = SafeString("")
        if MARKED not in summary:
            snippet = marker.first_snippet(filter(None, parts), SNIPPET_LENGTH, to_plain_text)
        place.append(FoundCard(card, marker.mark(card.title), summary, snippet))
    return place[0]


@lru_cache(maxsize=FOUND_KEPT)
def _place(_card: Card, _texts: bytes, _marker: Marker) -> list[FoundCard]:
    """Where a card is kept, by what it is made of; long texts by their digest."""
    return []
