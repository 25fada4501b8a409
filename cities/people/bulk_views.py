"""The page on which the coordination invites many people at once: list, preview, sending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from cities.people import bulk
from cities.people.coordination import require_coordinator

MOST_BYTES = 1024 * 1024


class ListForm(forms.Form):
    """A pasted list or a file; the preview sends its list back as `text`."""

    text = forms.CharField(
        label=gettext_lazy("Liste einfügen"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Eine Person je Zeile: E-Mail-Adresse, Name, Stadt, Rolle; getrennt durch Semikolon, Komma oder "
            "Tabulator, wie aus Excel kopiert. Rollen: Redaktion, Verwaltung, Leitung."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("oder Datei hochladen"),
        required=False,
        help_text=gettext_lazy("CSV oder Excel (.xlsx), höchstens 1 MB und 300 Personen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    lines: list[bulk.Line]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.lines = []
        if self.errors:
            return data
        upload = data.get("file")
        if not upload and not data.get("text", "").strip():
            raise ValidationError(
                _("Bitte fügen Sie eine Liste ein oder wählen Sie eine Datei."), code="empty"
            )
        where = "file" if upload else "text"
        if upload and upload.size > MOST_BYTES:
            self.add_error("file", ValidationError(_("Die Datei ist größer als 1 MB."), code="size"))
            return data
        try:
            rows = bulk.rows_of_file(upload.read()) if upload else bulk.rows_of_text(data["text"])
            self.lines = bulk.lines_of(rows)
        except bulk.UnreadableListError as error:
            self.add_error(where, ValidationError(str(error), code="unreadable"))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: MemberRequest) -> HttpResponse:
    """Nothing is sent before somebody has seen, line by line, what will be."""
    require_coordinator(request)
    is_sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if is_sent else ListForm()
    if not is_sent or not form.is_valid():
        page = {"form": form, "lines": []}
        return render(request, "cities/people/invite_many.html", page, status=422 if is_sent else 200)
    good = [line for line in form.lines if line.is_good]
    bad = [line for line in form.lines if not line.is_good]
    if request.POST.get("deed") == "send" and good:
        number = bulk.invite_all(lines=good, by=request.user)
        said = ngettext("%(n)d Einladung ist unterwegs.", "%(n)d Einladungen sind unterwegs.", number)
        messages.success(request, said % {"n": number})
        if not bad:
            return redirect("invitations")
        messages.warning(request, _("Zeilen mit Fehlern stehen noch hier; verbessern Sie sie im Feld."))
        good = []
    rest = "\n".join(line.as_text() for line in (form.lines if good else bad))
    return render(
        request,
        "cities/people/invite_many.html",
        {
            "form": ListForm(initial={"text": rest}),
            "lines": [*bad, *good],
            "number_good": len(good),
            "number_bad": len(bad),
            "list": rest,
        },
    )
