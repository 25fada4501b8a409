"""The write-ups that somebody has begun, found by their author alone: no entry of the search knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, Value
from django.urls import reverse

from cities.permissions import is_member
from practices.enums import Status
from practices.models import Practice
from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import fold, plain, tokens
from search.folding import Fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.querysets import PracticeQuerySet

MOST_WORDS = 6


@dataclass(frozen=True)
class Draft:
    url: str
    title: str


def own_drafts(text: str, reader: User | AnonymousUser, *, most: int) -> list[Draft]:
    """What `matching_drafts` gives. One query for members, none for others."""
    drafts = matching_drafts(text, reader)
    if drafts is None:
        return []
    return [Draft(edit_url(draft.pk), draft.title) for draft in drafts.only("title")[:most]]


def matching_drafts(text: str, reader: User | AnonymousUser) -> PracticeQuerySet | None:
    """The person's own drafts with all these words, or what begins like them, in title or sentence; the last
    changed first. None where there is nothing to look for.
    """
    words = [word for token in tokens(plain(text)) if (word := token.text) and fold(word) not in STOP_WORDS]
    if not words or not is_member(reader):
        return None
    drafts = Practice.objects.filter(created_by=reader.pk, status=Status.DRAFT).visible_to(reader)
    folded = drafts.alias(folded_title=Fold(F("title")), folded_summary=Fold(F("summary")))
    for word in words[:MOST_WORDS]:
        part = Fold(Value(word))
        folded = folded.filter(Q(folded_title__contains=part) | Q(folded_summary__contains=part))
    return folded.order_by("-updated_at", "-pk")


def edit_url(pk: int) -> str:
    return reverse("practices:edit", args=[pk])
