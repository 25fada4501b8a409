"""Numbers of write-ups by topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import audience_of
from search.counting import TopicCounts
from search.packing import FIELDS
from search.sources import code_of, source_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def practice_counts(reader: User | AnonymousUser) -> TopicCounts:
    """Write-ups that the reader may know of, by topic id with all below it; 0 counts all.

    One query a request: several parts of a page ask for it, and it is kept on the reader.
    """
    counts: TopicCounts | None = getattr(reader, "_practice_counts", None)
    if counts is None:
        counts = TopicCounts.of(audience_of(reader), source=code_of("practices"))
        reader._practice_counts = counts  # type: ignore[union-attr]
    return counts


def adopted_counts(reader: User | AnonymousUser) -> TopicCounts:
    """The same of those that others have taken over."""
    adopted = source_of(code_of("practices")).facets["adopted"]
    return practice_counts(reader).having(FIELDS.index(adopted), 1)
