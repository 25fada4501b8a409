"""The list of all write-ups with its filters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cities.comparable.own import Likeness
from cities.models import City
from cities.permissions import audience_of
from practices import facets
from practices.cards import cards_by_id
from practices.forms.filters import SORT_LABELS, FilterForm
from practices.found import found_by_key
from practices.search_entry import SOURCE
from practices.views.list_facets import FACETS, CityFilter, city_facet, facets_of, open_topics
from search.asked import without_exclusions, without_quotes
from search.asking import Question, Sort
from search.counts import Counts
from search.folding import german_slug
from search.paging import AFTER, BEFORE, Cursor, Page
from search.searching import Answer, SearchTooSlow, search
from topics.models import FormerTopicSlug
from topics.tree import TopicTree

MOST_SUGGESTIONS = 8


class Unanswered(NamedTuple):
    """What was asked, and how little answers it: the subject of `practices.nothing` and `practices.end`."""

    question: Question
    answer: Answer


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
    like = Likeness.of(form.cleaned_data.get("wie", ""), request.user)
    if like.problem:
        form.add_error("wie", like.problem)
    question = Question(
        source=SOURCE,
        audience=audience_of(request.user),
        text=form.cleaned_data.get("q", ""),
        topics=[node.id for node in form.topics],
        # A city that nobody knows has no write-ups: 0 is no city's id.
        city_id=(city.city.pk if city.city else 0) if city.text else None,
        city_ids=like.city_ids,
        facets={
            name: [facets.CODES[name][value] for value in form.values(name_in_address)]
            for name_in_address, name in FACETS.items()
        },
        further_topics=[node.id for node in form.chosen_service_fields],
        marks=form.marks,
        sort=form.sort,
        cursor=Cursor.from_query(request.GET),
        counted_topics=[node.id for node in open_topics(tree, form.topics)],
        counted_further=[node.id for node in tree.service_fields],
        literal=bool(form.cleaned_data.get("wort")),
    )
    # Where there is nothing, the page says what other kinds have; cities narrow these as well.
    question = replace(question, counts_kinds=bool(question.text) and not (city.text or like.city_ids))
    try:
        answer, is_too_slow = search(question), False
    except SearchTooSlow:
        answer, is_too_slow = Answer(Page([], 0)), True
    shown = [*facets_of(form, tree, answer.counts), *like.facets(answer.total)]
    number_chosen = sum(len(facet.chosen) for facet in shown) + bool(city.text)
    context = {
        "form": form,
        "answer": answer,
        "page": answer.page,
        **_shown(answer, question, request),
        "facets": shown,
        "chosen": [*shown, city_facet(city)],
        "city": city,
        "like": like,
        "number_chosen": number_chosen,
        "sorts": _sorts(request.GET, question, answer.counts),
        "text": question.text,
        "is_short": bool(question.text or number_chosen),
        "filter_errors": [error for name, errors in form.errors.items() if name != "q" for error in errors],
        "unquoted": without_quotes(question.text),
        "unexcluded": without_exclusions(question.text),
        "unanswered": Unanswered(question, answer),
        "is_too_slow": is_too_slow,
    }
    template = "practices/list_region.html" if request.htmx else "practices/list.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _shown(answer: Answer, question: Question, request: HttpRequest) -> dict[str, Any]:
    """Cards; where words were searched with these marked. One query, two with words."""
    if not question.text:
        return {"cards": cards_by_id(answer.page.ids, request.user), "found": []}
    found = list(found_by_key(answer.page.ids, request.user, answer.marker).values())
    return {"cards": [each.card for each in found], "found": found}


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


def _sorts(query: QueryDict, question: Question, counts: Counts) -> list[dict[str, Any]]:
    """The orders as links: the best hits where words are searched, adopted ones where there are some, by city
    where some are compared.
    """
    is_adopted = counts.by_facet["adopted"][facets.CODES["adopted"][facets.YES]] > 0
    hidden = {
        Sort.RELEVANCE: not question.text,
        Sort.USED: not is_adopted and question.sort != Sort.USED,
        Sort.CITY: question.city_ids is None,
    }
    sorts = []
    for sort, label in SORT_LABELS.items():
        if hidden.get(sort):
            continue
        changed = query.copy()
        for name in (AFTER, BEFORE):
            changed.pop(name, None)
        changed["sortierung"] = sort.value
        sorts.append({"label": label, "query": changed.urlencode(), "is_current": sort == question.sort})
    return sorts
