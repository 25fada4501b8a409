"""Taking a city's products over from a file: upload, say which column is what, look, take over."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from cities.models import City
from cities.products import actions
from cities.products.forms import TEXTS, UseFields
from cities.products.importing import MappingForm, TableFileForm
from cities.products.permissions import require_enter

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
def import_products(request: MemberRequest, slug: str) -> HttpResponseBase:
    """The page carries the table from step to step, so that nothing is kept of what is not taken over."""
    city = get_object_or_404(City.objects.in_network(), slug=slug)
    require_enter(request.user, city)
    if request.method != "POST":
        return _upload_page(request, city, TableFileForm())
    if "table" not in request.POST:
        upload = TableFileForm(request.POST, request.FILES)
        if not upload.is_valid():
            return _upload_page(request, city, upload, status=REFUSED)
        return _preview_page(request, city, MappingForm(table=upload.cleaned_data["file"]))
    mapping = MappingForm(request.POST)
    if len(mapping.rows) < 2:
        upload = TableFileForm()
        messages.error(
            request, _("Die Tabelle kam unvollständig an. Bitte laden Sie die Datei noch einmal hoch.")
        )
        return _upload_page(request, city, upload, status=REFUSED)
    if not mapping.is_valid():
        return _preview_page(request, city, mapping, status=REFUSED)
    with transaction.atomic():
        City.objects.select_for_update().get(pk=city.pk)
        lines = mapping.lines(city)
        if "uebernehmen" not in request.POST or any(line.errors for line in lines):
            return _preview_page(request, city, mapping, status=200 if "zeigen" in request.POST else REFUSED)
        changed = actions.save_rows(city=city, rows=[line.values for line in lines], by=request.user)
    said = ngettext("%(number)d Zeile ist übernommen.", "%(number)d Zeilen sind übernommen.", changed)
    messages.success(request, said % {"number": changed} if changed else _("Alles war schon da."))
    return redirect("cities:products", city.slug)


def _upload_page(request: HttpRequest, city: City, form: TableFileForm, status: int = 200) -> HttpResponse:
    context = {"city": city, "form": form, "heads": _heads()}
    return render(request, "cities/products/upload.html", context, status=status)


def _preview_page(request: HttpRequest, city: City, form: MappingForm, status: int = 200) -> HttpResponse:
    lines = form.lines(city)
    context = {
        "city": city,
        "form": form,
        "heads": _heads(),
        "lines": lines,
        "wrong": sum(bool(line.errors) for line in lines),
        "new": sum(not line.errors for line in lines),
    }
    return render(request, "cities/products/preview.html", context, status=status)


def _heads() -> list[str]:
    return [str(UseFields.base_fields[name].label) for name in TEXTS]
