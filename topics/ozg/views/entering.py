"""A city says how far it is: the grid."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from cities.models import City
from search.paging import Page, offset_of
from topics.models import Service, ServiceProgress
from topics.ozg.board import matching
from topics.ozg.entering import Outcome, enter
from topics.ozg.fields import Fields
from topics.ozg.forms import GridFilter, GridRow
from topics.ozg.forms.filters import Saying
from topics.ozg.forms.grid import ids_sent
from topics.ozg.permissions import can_enter
from topics.ozg.querysets import ServiceQuerySet
from ui.facets import Choice, Facet

REFUSED = 422
PAGE_SIZE = 25
GO_ON = "next"


def city_of(request: MemberRequest, slug: str) -> City:
    city = get_object_or_404(City.objects.in_network(), slug=slug)
    if not can_enter(request.user, city):
        raise PermissionDenied
    return city


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: MemberRequest, slug: str) -> HttpResponseBase:
    city = city_of(request, slug)
    fields = Fields()
    form = GridFilter(request.GET, fields=fields)
    services = _asked(form, city)
    total = services.count()
    start = offset_of(request.GET, PAGE_SIZE)
    page = Page.at_offset(start, max(0, min(PAGE_SIZE, total - start)), total)
    if request.method == "POST":
        return _save(request, city, form, fields, page)
    shown = list(services.select_related("field")[start : start + PAGE_SIZE])
    rows = [GridRow(service=one, stored=stored) for one, stored in _with_stored(city, shown)]
    return _page(request, city, form, fields, page, rows)


def _save(
    request: MemberRequest, city: City, form: GridFilter, fields: Fields, page: Page
) -> HttpResponseBase:
    """Write the rows that are in order; the others come back with what is wrong, and with what was typed."""
    sent = list(Service.objects.filter(pk__in=ids_sent(request.POST)).select_related("field").in_order())
    rows = [GridRow(request.POST, service=one, stored=stored) for one, stored in _with_stored(city, sent)]
    sound = {row.service.pk: row for row in rows if row.is_valid()}
    outcome = enter(city=city, entries={pk: row.entry for pk, row in sound.items()}, by=request.user)
    is_done = len(sound) == len(rows) and not outcome.conflicts
    _tell(request, outcome, is_done=is_done)
    if is_done:
        address = request.get_full_path()
        if request.POST.get("do") == GO_ON and page.has_next:
            address = f"{request.path}?{page.next_query(request.GET)}"
        return redirect(address)
    for pk, row in sound.items():
        if pk in outcome.conflicts:
            row.tell_conflict(outcome.conflicts[pk])
        else:
            row.settle()
    return _page(request, city, form, fields, page, rows, status=REFUSED)


def _tell(request: MemberRequest, outcome: Outcome, *, is_done: bool) -> None:
    """What was written; that nothing was changed only where no row comes back."""
    if outcome.saved:
        text = ngettext("%(n)d Angabe gespeichert.", "%(n)d Angaben gespeichert.", outcome.saved)
        messages.success(request, text % {"n": outcome.saved})
    if outcome.removed:
        text = ngettext("%(n)d Angabe entfernt.", "%(n)d Angaben entfernt.", outcome.removed)
        messages.success(request, text % {"n": outcome.removed})
    if is_done and not outcome.saved and not outcome.removed:
        messages.info(request, _("Nichts war geändert."))


def _asked(form: GridFilter, city: City) -> ServiceQuerySet:
    """The services that the filters leave, gone ones only where the city has said something."""
    said = ServiceProgress.objects.filter(city=city).values("service")
    services = Service.objects.current() | Service.objects.filter(pk__in=said)
    services = matching(services, form.text)
    if ids := form.field_ids:
        services = services.filter(field__in=ids)
    which = form.chosen("zeilen")
    if which == [Saying.SAID]:
        services = services.filter(pk__in=said)
    elif which == [Saying.OPEN]:
        services = services.exclude(pk__in=said)
    return services.in_order()


def _with_stored(city: City, services: list[Service]) -> list[tuple[Service, ServiceProgress | None]]:
    rows = ServiceProgress.objects.filter(city=city, service__in=services)
    stored = {row.service_id: row for row in rows}
    return [(service, stored.get(service.pk)) for service in services]


def _page(
    request: MemberRequest,
    city: City,
    form: GridFilter,
    fields: Fields,
    page: Page,
    rows: list[GridRow],
    status: int = 200,
) -> HttpResponse:
    chosen = form.chosen("thema")
    facets = [
        Facet(
            "thema",
            _("Themenfeld"),
            [Choice(node.slug, node.name, None, node.slug in chosen) for node in fields],
            shown=14,
        ),
        Facet(
            "zeilen",
            _("Zeilen"),
            [Choice(one.value, str(one.label), None, one.value in form.chosen("zeilen")) for one in Saying],
        ),
    ]
    context = {
        "city": city,
        "form": form,
        "text": form.text,
        "facets": facets,
        "number_chosen": sum(len(facet.chosen) for facet in facets) + bool(form.text),
        "page": page,
        "rows": rows,
        "wrong": [row for row in rows if row.is_bound and (row.errors or row.has_conflict)],
    }
    return render(request, "topics/ozg/grid.html", context, status=status)
