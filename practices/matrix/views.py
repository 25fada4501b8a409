"""The matrix as a picture, as a table and as a spreadsheet, and what is behind one of its cells."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.contacts import callees
from cities.enums import SizeClass, State
from cities.models import City
from practices.cards import newest
from practices.matrix import drawing, spreadsheet
from practices.matrix.forms import TABLE, MatrixForm
from practices.matrix.marks import SIGNS, in_words
from practices.matrix.reading import CITIES_SHOWN, Matrix, read
from practices.models import Adoption
from search.paging import Page, offset_of
from topics.models import Leadership, Topic
from topics.permissions import can_edit_leadership, can_engage_cities
from topics.tree import TopicTree
from ui.facets import Choice, Facet

ROWS_SHOWN = 200
ON_CELL_PAGE = 20


@login_not_required
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    tree = TopicTree.load()
    form = MatrixForm(request.GET, tree=tree)
    start = 0 if form.is_table else offset_of(request.GET, CITIES_SHOWN)
    shown = read(form, tree, request.user, start)
    facets = _facets(form)
    context: dict[str, Any] = {
        "form": form,
        "matrix": shown,
        "facets": facets,
        "legend": SIGNS,
        "number_chosen": sum(len(facet.chosen) for facet in facets),
        "other_form": _other_form(request, is_table=form.is_table),
        "sheet_url": f"{reverse('matrix:sheet')}?{_without_form(request)}",
    }
    if form.is_table:
        return render(request, "practices/matrix/table.html", context | _table(request, shown))
    context |= {
        "head": drawing.head(list(shown.topics)),
        "body": drawing.body(shown),
        "page": Page.at_offset(start, len(shown.cities), shown.number_of_cities),
    }
    return render(request, "practices/matrix/matrix.html", context)


@login_not_required
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    tree = TopicTree.load()
    form = MatrixForm(request.GET, tree=tree)
    return spreadsheet.answer(read(form, tree, request.user, offset_of(request.GET, CITIES_SHOWN)))


@login_not_required
@require_safe
def cell(request: HttpRequest, topic: str, city: str) -> HttpResponse:
    """What one city does about one topic."""
    here = get_object_or_404(Topic.objects.select_related("parent__parent"), slug=topic)
    who = get_object_or_404(City.objects.in_network().select_related("contact_user"), slug=city)
    part = Leadership.objects.filter(topic=here, city=who).with_people().first()
    return render(
        request,
        "practices/matrix/cell.html",
        {
            "topic": here,
            "city": who,
            "part": part,
            "callees": callees(part, who, request.user) if part else [],
            "can_edit": part is not None and can_edit_leadership(request.user, part),
            "can_engage": part is None and not here.is_retired and can_engage_cities(request.user),
            "adoptions": _adoptions(who, here, request),
            "cards": newest(request.user, ON_CELL_PAGE, city_id=who.pk, topic=here.pk),
            "list_url": f"{reverse('practices:list')}?thema={here.slug}&stadt={who.slug}",
        },
    )


def _adoptions(city: City, topic: Topic, request: HttpRequest) -> list[Adoption]:
    """What the city has taken over about the topic or one below it, as far as the reader may know."""
    near = [topic.pk, *(node.id for node in TopicTree.load()[topic.pk].branch)]
    counted = Adoption.objects.counted().of_readable_things(request.user).filter(city=city)
    about = Q(practice__topics__in=near) | Q(block__topic__in=near)
    return list(counted.filter(about).select_related("practice", "block").distinct()[:ON_CELL_PAGE])


def _table(request: HttpRequest, shown: Matrix) -> dict[str, Any]:
    filled = list(shown.filled())
    start = offset_of(request.GET, ROWS_SHOWN)
    rows = [
        (city[1], city[2], topic, in_words(cell)) for city, topic, cell in filled[start : start + ROWS_SHOWN]
    ]
    return {"rows": rows, "page": Page.at_offset(start, len(rows), len(filled))}


def _facets(form: MatrixForm) -> list[Facet]:
    topics, states, sizes = form.chosen("thema"), form.chosen("land"), form.chosen("groesse")
    parts = [Choice(node.slug, node.name, None, node.slug in topics, node.depth - 1) for node in form.parts]
    lands = sorted(State, key=lambda state: str(state.label))
    facets = [
        Facet("thema", _("Teil der Themenkarte"), parts, shown=12),
        Facet(
            "land",
            _("Bundesland"),
            [Choice(one.value, str(one.label), None, one.value in states) for one in lands],
            shown=16,
        ),
        Facet(
            "groesse",
            _("Größe"),
            [Choice(one.value, str(one.label), None, one.value in sizes) for one in SizeClass],
        ),
    ]
    return [facet for facet in facets if facet.choices]


def _without_form(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("form", "nach", "vor"):
        query.pop(name, None)
    return query.urlencode()


def _other_form(request: HttpRequest, *, is_table: bool) -> str:
    query = request.GET.copy()
    for name in ("form", "nach", "vor"):
        query.pop(name, None)
    if not is_table:
        query["form"] = TABLE
    return f"{request.path}?{query.urlencode()}"
