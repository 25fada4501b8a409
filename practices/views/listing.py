"""The list of all write-ups with its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.models import City
from cities.permissions import audience_of
from practices import facets
from practices.cards import cards_by_id
from practices.enums import Kind, Phase
from practices.forms.filters import SORT_LABELS, FilterForm
from practices.search_entry import SOURCE
from search.folding import german_slug
from search.listing import Counts, Listing, Sort
from search.paging import AFTER, BEFORE, Cursor
from topics.models import FormerTopicSlug
from topics.tree import TopicNode, TopicTree
from ui.facets import Choice, Facet

SHOWN_TOPICS = 8
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class CityFilter:
    """What was typed as the city: the city meant, or those that it could mean."""

    text: str = ""
    city: City | None = None
    suggestions: Sequence[City] = ()


@login_not_required
@require_safe
def practice_list(request: HttpRequest) -> HttpResponseBase:
    tree = TopicTree.load()
    form = FilterForm(request.GET, tree=tree)
    form.is_valid()
    if moved := _with_current_slugs(request.GET, form):
        return redirect(f"{request.path}?{moved.urlencode()}")
    city = _city(form.cleaned_data.get("stadt", ""))
    if len(city.suggestions) == 1:
        changed = request.GET.copy()
        changed["stadt"] = city.suggestions[0].slug
        return redirect(f"{request.path}?{changed.urlencode()}")
    listing = Listing(
        source=SOURCE,
        audience=audience_of(request.user),
        text=form.cleaned_data.get("q", ""),
        topics=[node.id for node in form.topics],
        # A city that nobody knows has no write-ups: 0 is no city's id.
        city_id=(city.city.pk if city.city else 0) if city.text else None,
        facets=facets.codes(form.values("art"), form.values("stand")),
        sort=form.sort,
        cursor=Cursor.from_query(request.GET),
        counted_topics=[node.id for node in _open_topics(tree, form.topics)],
    )
    counts = listing.counts()
    page = listing.page(counts)
    shown = _facets(form, tree, counts)
    context = {
        "form": form,
        "page": page,
        "cards": cards_by_id(page.ids, request.user),
        "facets": shown,
        "chosen": [*shown, _city_facet(city)],
        "city": city,
        "number_chosen": sum(len(facet.chosen) for facet in shown) + bool(city.text),
        "sorts": _sorts(request.GET, listing),
        "text": listing.text,
    }
    template = "practices/list_region.html" if request.htmx else "practices/list.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _city(text: str) -> CityFilter:
    """The city whose name or address part was given; else those that the text could mean."""
    slug = german_slug(text)
    if not slug:
        return CityFilter(text)
    network = City.objects.in_network()
    if city := network.filter(slug=slug).first():
        return CityFilter(text, city)
    return CityFilter(text, suggestions=list(network.matching_name(text)[:MOST_SUGGESTIONS]))


@login_not_required
@require_safe
def city_suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the field in which a city is typed."""
    text = request.GET.get("stadt", "")[:140].replace("\x00", "")
    found = City.objects.in_network().matching_name(text)[:MOST_SUGGESTIONS] if text.strip() else []
    return render(request, "practices/city_suggestions.html", {"cities": found})


def _with_current_slugs(query: QueryDict, form: FilterForm) -> QueryDict | None:
    """The address with the present slugs of topics that were renamed; None when there are none."""
    unknown = set(query.getlist("thema")) - set(form.by_slug)
    if not unknown:
        return None
    known = {slug[:100].replace("\x00", "") for slug in unknown}
    former = {
        row.slug: row.topic.slug
        for row in FormerTopicSlug.objects.filter(slug__in=known).select_related("topic")
    }
    if not former:
        return None
    changed = query.copy()
    changed.setlist("thema", [former.get(slug, slug) for slug in query.getlist("thema")])
    return changed


def _facets(form: FilterForm, tree: TopicTree, counts: Counts) -> list[Facet]:
    kinds, phases = form.values("art"), form.values("stand")
    by_kind, by_phase = facets.counts(counts.by_facets, kinds, phases)
    chosen_topics = form.topics
    topics = [
        Choice(node.slug, node.name, counts.by_topic[node.id], node in chosen_topics, node.depth - 1)
        for node in _open_topics(tree, chosen_topics)
        if counts.by_topic[node.id] or node in chosen_topics
    ]
    return [
        Facet(
            "thema", _("Thema"), topics, is_open=True, shown=len(topics) if chosen_topics else SHOWN_TOPICS
        ),
        Facet(
            "art",
            _("Art"),
            [Choice(k.value, str(k.label), by_kind[k], k.value in kinds) for k in Kind],
            is_open=True,
        ),
        Facet(
            "stand",
            _("Stand"),
            [Choice(p.value, str(p.label), by_phase[p], p.value in phases) for p in Phase],
            is_open=True,
        ),
    ]


def _open_topics(tree: TopicTree, chosen: list[TopicNode]) -> list[TopicNode]:
    """The roots, and what lies below every topic on the way to a chosen one."""
    opened = {id(node) for topic in chosen for node in topic.path}
    return [node for node in tree if node.parent is None or id(node.parent) in opened]


def _city_facet(filtered: CityFilter) -> Facet:
    label = filtered.city.name if filtered.city else filtered.text
    choices = [Choice(filtered.text, label, is_chosen=True)] if filtered.text else []
    return Facet("stadt", _("Stadt"), choices)


def _sorts(query: QueryDict, listing: Listing) -> list[dict[str, Any]]:
    """The orders as links; the best hits only where words are searched."""
    sorts = []
    for sort, label in SORT_LABELS.items():
        if sort == Sort.RELEVANCE and not listing.text:
            continue
        changed = query.copy()
        for name in (AFTER, BEFORE):
            changed.pop(name, None)
        changed["sortierung"] = sort.value
        sorts.append({"label": label, "query": changed.urlencode(), "is_current": sort == listing.sort})
    return sorts
