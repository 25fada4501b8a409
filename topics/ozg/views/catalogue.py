"""Importing the catalogue of services: choose a file, look at what would happen, take it over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from topics.models import Service
from topics.ozg.catalogue import NEEDED, Report, import_catalogue, summary
from topics.ozg.forms import CatalogueForm
from topics.ozg.forms.sheet import LeavingForm, pack, unpack
from topics.ozg.imports import past_imports
from topics.ozg.names import CATALOGUE_COLUMNS
from topics.ozg.permissions import can_keep_catalogue
from topics.ozg.sheets import SheetError

REFUSED = 422


class UploadForm(CatalogueForm):
    columns, needed = CATALOGUE_COLUMNS, NEEDED


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: MemberRequest) -> HttpResponse:
    if not can_keep_catalogue(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _start(request, UploadForm())
    if "sheet" in request.POST:
        return _take_over(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, form)
    is_complete = form.cleaned_data["is_complete"]
    try:
        report = import_catalogue(
            sheet=form.sheet, by=request.user, is_complete=is_complete, only_checks=True
        )
    except SheetError as error:
        form.add_error("file", [str(problem) for problem in error.problems])
        return _start(request, form)
    packed = pack(form.sheet, is_complete=is_complete)
    return _preview(request, report, packed, _leaving(report))


def _preview(
    request: MemberRequest, report: Report, packed: str, leaving: LeavingForm | None
) -> HttpResponse:
    shown = {"report": report, "packed": packed, "leaving": leaving}
    status = REFUSED if leaving and leaving.errors else None
    return render(request, "topics/ozg/import_preview.html", shown, status=status)


def _leaving(report: Report, data: Any = None) -> LeavingForm | None:
    """What has to be confirmed; None where every service stays."""
    numbers = {"removed": len(report.removed), "vanished": len(report.vanished)}
    return LeavingForm(data, **numbers) if report.leaving else None


def _take_over(request: MemberRequest) -> HttpResponse:
    read = unpack(request.POST["sheet"])
    if read is None:
        messages.error(request, _("Die Vorschau ist zu alt. Bitte laden Sie die Datei noch einmal hoch."))
        return redirect("topics:ozg_import")
    sheet, more = read
    is_complete = bool(more.get("is_complete"))
    try:
        if is_complete:
            would = import_catalogue(sheet=sheet, by=request.user, is_complete=True, only_checks=True)
            leaving = _leaving(would, request.POST)
            if leaving and not leaving.is_confirmed:
                asked = _leaving(would, {"number": would.leaving})
                return _preview(request, would, request.POST["sheet"], asked)
        report = import_catalogue(sheet=sheet, by=request.user, is_complete=is_complete)
    except SheetError as error:
        # Somebody changed the catalogue since the preview.
        for problem in error.problems:
            messages.error(request, str(problem))
        return redirect("topics:ozg_import")
    messages.success(request, summary(report))
    return redirect("topics:ozg_board")


def _start(request: MemberRequest, form: UploadForm) -> HttpResponse:
    shown = {
        "form": form,
        "number": Service.objects.current().count(),
        "past": past_imports(),
        "columns": [(names[0], names[1:], column in NEEDED) for column, names in CATALOGUE_COLUMNS.items()],
    }
    return render(request, "topics/ozg/import.html", shown, status=REFUSED if form.errors else None)
