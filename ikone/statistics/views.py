"""Figures and the records behind them, for the coordination."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from cities.enums import SizeClass, State
from cities.permissions import is_coordinator
from ikone.statistics.forms import ChosenForm, ScopeForm
from ikone.statistics.reading import sections_of
from ikone.statistics.records import LISTS, length_of
from ikone.statistics.scope import UNKNOWN, Scope, usual_periods
from search.paging import Page, offset_of
from topics.tree import TopicTree

PAGE_SIZE = 50


def coordinators_only(request: MemberRequest) -> None:
    if not is_coordinator(request.user):
        raise PermissionDenied


def scope_in_words(scope: Scope) -> list[str]:
    """The chosen part of the network."""
    nobody = _("ohne Angabe (anonym)")
    state = nobody if scope.state == UNKNOWN else scope.state and str(State(scope.state).label)
    size = nobody if scope.size == UNKNOWN else scope.size and str(SizeClass(scope.size).label)
    parts = (
        (_("Bundesland"), state),
        (_("Größe der Stadt"), size),
        (_("Thema"), scope.topic.name if scope.topic else ""),
    )
    return [f"{label}: {said}" for label, said in parts if said]


@require_safe
def statistics_page(request: MemberRequest) -> HttpResponse:
    coordinators_only(request)
    tree = TopicTree.load()
    form = ScopeForm(request.GET, tree=tree)
    scope = form.scope
    context = {
        "form": form,
        "scope": scope,
        "parts": scope_in_words(scope),
        "periods": usual_periods(scope),
        "subjects": sections_of(scope, tree),
        "report_query": scope.over(scope.first, scope.last).query(land="", groesse="", thema=""),
    }
    return render(request, "statistics/page.html", context)


@require_safe
def records(request: MemberRequest, what: str) -> HttpResponse:
    """What a figure counts; period and filters stand in the address as on the page of figures."""
    coordinators_only(request)
    if what not in LISTS:
        raise Http404
    tree = TopicTree.load()
    form, chosen = ScopeForm(request.GET, tree=tree), ChosenForm(request.GET)
    scope, listed = form.scope, LISTS[what]
    rows = listed.find(scope, chosen, tree)
    total = length_of(rows)
    start = offset_of(request.GET, PAGE_SIZE)
    context = {
        "title": listed.title,
        "form": form,
        "scope": scope,
        "parts": [*scope_in_words(scope), *chosen.in_words],
        "records": listed.show(rows[start : start + PAGE_SIZE], request.user),
        "page": Page.at_offset(start, PAGE_SIZE, total),
        "total": total,
        "figures_query": scope.query(),
    }
    return render(request, "statistics/records.html", context)
