"""Groups of synonyms that have one of the words somebody is about to enter, and where to complete them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from ikone.finding.synonym_form import LONGEST_TERM, MOST_TERMS
from search import synonyms
from search.models import OWN_LIST, Synonym
from topics.models import Topic
from ui.desk import BACK, group_in

WORD = "wort"  # in an address: a word to be entered
MOST_ALIKE = 5


class Alike(NamedTuple):
    """A group as it is shown; `url` is empty where nobody can change it any more."""

    words: str
    url: str
    label: str


def with_further(terms: Sequence[str], words: Sequence[str]) -> list[str]:
    """The terms of a group with those words of the address that it does not have."""
    known = {synonyms.name_of(term) for term in terms}
    further = [word[:LONGEST_TERM] for word in words[:MOST_TERMS] if synonyms.name_of(word) not in known]
    return [*terms, *filter(None, further)]


def groups_alike(request: HttpRequest, synonym: Synonym, typed: Sequence[str]) -> list[Alike]:
    """Other groups with one of the words typed, the own list's first; their links bring the words along."""
    words = [line.strip() for line in typed[:MOST_TERMS]]
    rows = synonyms.groups_with(words, but=synonym)
    rows.sort(key=lambda row: row.origin != OWN_LIST)
    return [_alike(request, row, words) for row in rows[:MOST_ALIKE]]


def _alike(request: HttpRequest, row: Synonym, words: Sequence[str]) -> Alike:
    shown = " = ".join(row.terms)
    kind, _colon, number = row.origin.partition(":")
    if row.origin == OWN_LIST:
        query = [(WORD, word) for word in words if word]
        if group := group_in(request):
            query.append((BACK, group))
        url = f"{reverse('edit_synonym', args=[row.pk])}?{urlencode(query)}"
        return Alike(shown, url, _("Diese Gruppe ergänzen"))
    if kind == "topic":
        slug = Topic.objects.filter(pk=number).values_list("slug", flat=True).first()
        return Alike(shown, reverse("topics:edit", args=[slug]) if slug else "", _("Am Thema ergänzen"))
    known = Tag.objects.filter(pk=number).exists()
    return Alike(shown, reverse("tags:tag", args=[number]) if known else "", _("Am Schlagwort ergänzen"))
