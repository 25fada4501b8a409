"""The search page: all kinds of things, ranked together or one kind at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cities.permissions import audience_of
from exchange.asking import ask_url
from exchange.permissions import can_ask
from ikone.finding.drafts import matching_drafts
from ikone.finding.kinds import DRAFTS, KINDS, Found, Kind, describe
from practices.blocks.enums import MARKS, BlockKind
from search.asked import with_words, without_exclusions, without_quotes
from search.misses import normalised
from search.paging import Cursor
from search.searching import Answer, Hit, Question, SearchTooSlow, search
from search.tasks import note_miss
from topics.tree import TopicTree

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

EVERYTHING = ""
BLOCKS = "blocks"
BY_SLUG = {kind.slug: kind for kind in KINDS}
MOST_SIGNS = 200
MOST_DRAFTS = 5


@dataclass(frozen=True)
class Tab:
    """A link that narrows the hits, with their number."""

    label: str
    url: str
    count: int | None
    is_current: bool


class SearchForm(forms.Form):
    """The words of the address. Signs that say nothing are no words."""

    q = forms.CharField(label=gettext_lazy("Suchwörter"), max_length=MOST_SIGNS, required=False)

    def clean_q(self) -> str:
        return with_words(self.cleaned_data["q"])


@login_not_required
@require_safe
def site_search(request: HttpRequest) -> HttpResponseBase:
    kind = BY_SLUG.get(request.GET.get("bereich", EVERYTHING))
    if kind and kind.source == "practices":
        # Write-ups have a page of their own with all filters.
        return redirect(f"{reverse('practices:list')}?{_query(request, bereich=None, baustein=None)}")
    form = SearchForm(request.GET)
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    context: dict[str, Any] = {
        "form": form, "text": text, "kind": kind, "answer": None, "roots": [], "is_too_slow": False
    }  # fmt: skip
    if not text:
        context["roots"] = [root for root in TopicTree.load().roots if not root.is_retired]
        return render(request, "search/page.html", context)
    try:
        context |= _answered(request, text, kind)
    except SearchTooSlow:
        context["is_too_slow"] = True
    return render(request, "search/page.html", context)


def _answered(request: HttpRequest, text: str, kind: Kind | None) -> dict[str, Any]:
    cursor = Cursor.from_query(request.GET)
    chosen = _chosen_block_kinds(request, kind)
    question = Question(
        text=text,
        audience=audience_of(request.user),
        source=kind.code if kind else None,
        counts_kinds=True,
        marks=[MARKS[each] for each in chosen],
        cursor=cursor,
        literal=request.GET.get("wort") == "1",
    )
    answer = search(question)
    is_whole = cursor is None and kind is None
    hits, drafts = _shown(answer, request.user, text if is_whole else "")
    is_noted = is_whole and not (answer.total or drafts) and bool(normalised(text))
    if is_noted:
        note_miss(text)
    return {
        "answer": answer,
        "page": answer.page,
        "drafts": drafts,
        "is_noted": is_noted,
        "unquoted": without_quotes(text),
        "unexcluded": without_exclusions(text),
        "asks_network": ask_url(text) if can_ask(request.user) else "",
        "found": [found for _hit, found in hits],
        "tabs": _tabs(request, answer, kind),
        "block_kinds": _block_kinds(request, answer, chosen) if kind and kind.source == BLOCKS else [],
    }


def _chosen_block_kinds(request: HttpRequest, kind: Kind | None) -> list[BlockKind]:
    """What the address chooses of the kinds of building blocks; on the tab of these alone."""
    if kind is None or kind.source != BLOCKS:
        return []
    given = set(request.GET.getlist("baustein"))
    return [each for each in BlockKind if each.value in given]


def _block_kinds(request: HttpRequest, answer: Answer, chosen: list[BlockKind]) -> list[Tab]:
    """The kinds of building blocks as links that choose them and take them out again."""
    links = []
    for each in BlockKind:
        count = answer.counts.by_mark[MARKS[each]]
        if count or each in chosen:
            values = [kind.value for kind in BlockKind if (kind in chosen) != (kind == each)]
            url = f"{reverse('search')}?{_query(request, baustein=values)}"
            links.append(Tab(str(each.label), url, count, each in chosen))
    return links


def described(answer: Answer, reader: User | AnonymousUser) -> list[tuple[Hit, Found]]:
    """The hits as they are shown, in their order. Two queries."""
    return _shown(answer, reader, "")[0]


def _shown(
    answer: Answer, reader: User | AnonymousUser, text: str
) -> tuple[list[tuple[Hit, Found]], list[Found]]:
    """The hits, and the reader's own drafts with this text. Two queries."""
    drafts = matching_drafts(text, reader)
    ids: dict[int, list[int]] = defaultdict(list)
    for hit in answer.hits:
        ids[hit.source].append(hit.object_id)
    shown = describe(ids, reader, answer.marker, None if drafts is None else drafts[:MOST_DRAFTS])
    places = ((hit, shown.get((hit.source, hit.object_id))) for hit in answer.hits)
    own = [found for (code, _pk), found in shown.items() if code == DRAFTS]
    return [(hit, found) for hit, found in places if found], own


def _tabs(request: HttpRequest, answer: Answer, current: Kind | None) -> list[Tab]:
    """All kinds together, write-ups, and each further kind that has hits or is shown."""
    whole = sum(answer.by_source.get(kind.code, 0) for kind in KINDS)
    everything = f"{reverse('search')}?{_query(request, bereich=None, baustein=None)}"
    tabs = [Tab(_("Alles"), everything, whole, current is None)]
    for kind in KINDS:
        if kind.source == "practices":
            url = f"{reverse('practices:list')}?{_query(request, bereich=None, baustein=None)}"
        else:
            url = f"{reverse('search')}?{_query(request, bereich=kind.slug, baustein=None)}"
        count = answer.by_source.get(kind.code, 0)
        if count or kind is current or kind.source == "practices":
            tabs.append(Tab(str(kind.label), url, count, kind is current))
    return tabs


def _query(request: HttpRequest, **changes: str | list[str] | None) -> str:
    """The words of the address with something changed, at the first page again."""
    changed = request.GET.copy()
    for name in ("nach", "vor"):
        changed.pop(name, None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, list):
            changed.setlist(name, value)
        else:
            changed[name] = value
    return changed.urlencode()
