"""What everybody may read: the board, a service, a city's part."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.models import City
from cities.permissions import city_ids_of
from search.paging import Page, offset_of
from topics.cards import leading_cities
from topics.models import Service, ServiceProgress
from topics.ozg.board import PAGE_SIZE, furthest_first, part_of, read_board
from topics.ozg.contacts import contact_of_city, entered_for, whom_to_ask
from topics.ozg.enums import ProgressState
from topics.ozg.fields import Fields
from topics.ozg.forms import BoardFilter
from topics.ozg.permissions import can_enter, can_keep_catalogue, can_see_whom_to_ask

ON_SERVICE_PAGE = 100


@login_not_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    fields = Fields()
    form = BoardFilter(request.GET, fields=fields)
    read = read_board(form, fields, offset_of(request.GET, PAGE_SIZE))
    return render(
        request,
        "topics/ozg/board.html",
        {
            "form": form,
            "text": form.text,
            "board": read,
            "number_chosen": sum(len(facet.chosen) for facet in read.facets) + bool(form.text),
            "own_cities": _own_cities(request),
            "can_keep": can_keep_catalogue(request.user),
            "root": fields.root,
        },
    )


def _own_cities(request: HttpRequest) -> list[City]:
    own = city_ids_of(request.user)
    return list(City.objects.filter(pk__in=own).order_by("sort_name")) if own else []


@login_not_required
@require_safe
def service_page(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.select_related("field__parent__parent"), pk=pk)
    rows = furthest_first(ServiceProgress.objects.by_service([service.pk]))
    total = rows.count()
    start = offset_of(request.GET, ON_SERVICE_PAGE)
    shown = list(rows[start : start + ON_SERVICE_PAGE])
    if start and not shown:
        raise Http404
    rows_by_state = {state: [one for one in shown if one.state == state] for state in ProgressState.values}
    return render(
        request,
        "topics/ozg/service.html",
        {
            "service": service,
            "groups": [
                (state, label, [(one, whom_to_ask(one, request.user)) for one in rows_by_state[state]])
                for state, label in reversed(ProgressState.choices)
            ],
            "page": Page.at_offset(start, len(shown), total),
            "total": total,
            "leaders": leading_cities([service.field_id]).get(service.field_id, []),
            "shows_whom_to_ask": can_see_whom_to_ask(request.user),
            "own_cities": _own_cities(request),
        },
    )


@login_not_required
@require_safe
def city_page(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.in_network().select_related("contact_user"), slug=slug)
    part = part_of(city, Fields())
    groups = [
        (field, [(one, [office] if (office := entered_for(one, request.user)) else []) for one in rows])
        for field, rows in part.groups
    ]
    return render(
        request,
        "topics/ozg/city.html",
        {
            "city": city,
            "total": part.total,
            "groups": groups,
            "contact": contact_of_city(city, request.user),
            "figures": [(label, part.numbers[state]) for state, label in reversed(ProgressState.choices)],
            "can_enter": can_enter(request.user, city),
        },
    )
