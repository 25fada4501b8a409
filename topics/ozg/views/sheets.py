"""A city's progress as a table: download what is there, upload what changed, look at it, take it over."""

from __future__ import annotations

import csv
import io

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from cities.models import City
from topics.models import Service, ServiceProgress
from topics.ozg.entering import Entry, Said, enter
from topics.ozg.forms import SheetForm
from topics.ozg.forms.sheet import KEPT_FOR
from topics.ozg.names import PROGRESS_COLUMNS
from topics.ozg.progress_sheet import NEEDED, Reading, read_progress
from topics.ozg.sheets import SheetError, harmless
from topics.ozg.views.entering import city_of

REFUSED = 422
SALT = "topics.ozg.progress"


class UploadForm(SheetForm):
    columns, needed = PROGRESS_COLUMNS, NEEDED


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: MemberRequest, slug: str) -> HttpResponseBase:
    city = city_of(request, slug)
    if request.method != "POST":
        return _start(request, city, UploadForm())
    if "entries" in request.POST:
        return _take_over(request, city)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, city, form)
    try:
        reading = read_progress(city, form.sheet)
    except SheetError as error:
        form.add_error("file", [str(problem) for problem in error.problems])
        return _start(request, city, form)
    shown = {"city": city, "reading": reading, "ignored": form.sheet.ignored, "packed": _pack(city, reading)}
    return render(request, "topics/ozg/sheet_preview.html", shown)


@require_safe
def download(request: MemberRequest, slug: str) -> HttpResponse:
    """All services with what the city has said, in the form in which it can be uploaded again."""
    city = city_of(request, slug)
    rows = {row.service_id: row for row in ServiceProgress.objects.filter(city=city)}
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(names[0] for names in PROGRESS_COLUMNS.values())
    for service in Service.objects.current().in_order():
        writer.writerow(map(harmless, _line(service, rows.get(service.pk))))
    # The byte order mark tells Excel that it is UTF-8.
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(True, f"ozg-{city.slug}.csv"))
    response["Cache-Control"] = "private, no-store"
    return response


def _line(service: Service, row: ServiceProgress | None) -> list[str]:
    values = {"name": service.name, "leika_key": service.leika_key}
    if row is not None:
        values |= {
            "state": str(row.get_state_display()),
            "model_version": row.model_version,
            "maturity": "" if row.maturity is None else str(row.maturity),
            "way": str(row.get_way_display()),
            "office": row.office,
            "email": row.email,
        }
    return [values.get(column, "") for column in PROGRESS_COLUMNS]


def _pack(city: City, reading: Reading) -> str:
    """What was looked at, for the page to send back; signed, so that it comes back as it was."""
    entries = [(change.service.pk, list(change.entry.said or ()), change.base) for change in reading.changes]
    return signing.dumps([city.pk, entries], salt=SALT, compress=True)


def _take_over(request: MemberRequest, city: City) -> HttpResponseBase:
    try:
        city_id, packed = signing.loads(request.POST["entries"], salt=SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        city_id, packed = None, []
    if city_id != city.pk:
        messages.error(request, _("Die Vorschau ist zu alt. Bitte laden Sie die Datei noch einmal hoch."))
        return redirect("topics:ozg_upload", city.slug)
    entries = {key: Entry(Said(*said), base) for key, said, base in packed}
    outcome = enter(city=city, entries=entries, by=request.user)
    text = ngettext("%(n)d Angabe gespeichert.", "%(n)d Angaben gespeichert.", outcome.saved)
    messages.success(request, text % {"n": outcome.saved})
    if outcome.conflicts:
        names = Service.objects.filter(pk__in=outcome.conflicts).values_list("name", flat=True)
        messages.warning(
            request,
            _("Inzwischen von jemand anderem geändert und deshalb so geblieben: %(names)s.")
            % {"names": ", ".join(_("„%(text)s“") % {"text": name} for name in names)},
        )
    return redirect("topics:ozg_city", city.slug)


def _start(request: MemberRequest, city: City, form: UploadForm) -> HttpResponse:
    columns = [(names[0], names[1:], column in NEEDED) for column, names in PROGRESS_COLUMNS.items()]
    shown = {"city": city, "form": form, "columns": columns}
    return render(request, "topics/ozg/sheet.html", shown, status=REFUSED if form.errors else None)
