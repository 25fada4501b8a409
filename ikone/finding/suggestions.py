"""What the search field offers while somebody types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.permissions import audience_of
from ikone.finding.drafts import own_drafts
from ikone.finding.kinds import KINDS
from search.reading import SearchTooSlow
from search.suggesting import Suggestion, suggest

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST, MOST_DRAFTS = 8, 3
SHORTEST, LONGEST = 2, 100


@dataclass(frozen=True)
class Option:
    """Where it leads, what it is called, and what it is."""

    url: str
    title: str
    kind: str


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the field, as a piece of a page; none for less than two letters."""
    text = " ".join(request.GET.get("q", "")[:LONGEST].replace("\x00", "").split())
    options = _options(text, request.user) if len(text) >= SHORTEST else []
    return render(request, "search/suggestions.html", {"options": options})


def _options(text: str, reader: User | AnonymousUser) -> list[Option]:
    """The person's own drafts first, then what everybody finds. One or two queries for the words, one a kind
    that has hits for their addresses, one for drafts.
    """
    kinds = {kind.code: kind for kind in KINDS}
    hits = [hit for hit in _hits(text, reader) if hit.source in kinds]
    ids: dict[int, list[int]] = defaultdict(list)
    for hit in hits:
        ids[hit.source].append(hit.object_id)
    named = {code: kinds[code].name(of_kind, reader) for code, of_kind in ids.items()}
    found = [
        Option(*named[hit.source][hit.object_id], str(kinds[hit.source].one))
        for hit in hits
        if hit.object_id in named[hit.source]
    ]
    drafts = own_drafts(text, reader, most=MOST_DRAFTS)
    own = [Option(draft.url, draft.title, _("Ihr Entwurf")) for draft in drafts]
    return [*own, *found][:MOST]


def _hits(text: str, reader: User | AnonymousUser) -> list[Suggestion]:
    """None where the database is too busy: whoever types on asks again."""
    try:
        return suggest(text, audience=audience_of(reader), limit=MOST)
    except SearchTooSlow:
        return []
