"""Write-ups as a search shows them: cards with marked words, and a piece of text where the card has none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    found = cards_with_texts(practice_ids, reader, *TEXT_FIELDS, "tag_names")
    return {key: _found(card, texts, tags, marker) for key, (card, (*texts, tags)) in found.items()}


def _found(card: Card, texts: Sequence[str | None], tags: Sequence[str], marker: Marker) -> FoundCard:
    """To look for words in texts takes longer than to read them, and many look for the same."""
    told = "\0".join([*(text or "" for text in texts), *tags])
    place = _place(card, blake2b(told.encode()).digest(), marker)
    if not place:
        title, summary = marker.mark(card.title), marker.mark(card.summary)
        # Where the card itself does not show why it was found, what does.
        snippet = SafeString("")
        if MARKED not in summary:
            snippet = marker.first_snippet(filter(None, texts), SNIPPET_LENGTH, to_plain_text)
        if MARKED not in title + summary + snippet:
            snippet = _keyword(card, tags, marker)
        place.append(FoundCard(card, title, summary, snippet))
    return place[0]


def _keyword(card: Card, tags: Sequence[str], marker: Marker) -> SafeString:
    """The first tag or topic in which something was found; nothing where nothing was."""
    named = [*((_("Schlagwort"), tag) for tag in tags), *((_("Thema"), name) for name in card.topics)]
    marked = ((label, marker.mark(name)) for label, name in named)
    return next(
        (format_html("{}: {}", label, name) for label, name in marked if MARKED in name), SafeString("")
    )


@lru_cache(maxsize=FOUND_KEPT)
def _place(_card: Card, _texts: bytes, _marker: Marker) -> list[FoundCard]:
    """Where a card is kept, by what it is made of; long texts by their digest."""
    return []
