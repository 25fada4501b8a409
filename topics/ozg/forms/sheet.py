"""Uploading a table, and taking over what was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.ozg.sheets import LARGEST, Row, Sheet, SheetError, read

SALT = "topics.ozg.sheet"
KEPT_FOR = 12 * 60 * 60  # seconds; as long as a session


class SheetForm(forms.Form):
    """A file of which `sheet` is what it says; problems of its lines are in `problems`."""

    file = forms.FileField(
        label=gettext_lazy("Datei"),
        help_text=gettext_lazy("Excel (.xlsx) oder CSV, bis zu 5 MB. Die erste Zeile nennt die Spalten."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie eine Datei."),
            "empty": gettext_lazy("Die Datei ist leer."),
        },
    )
    columns: Mapping[str, Sequence[str]] = {}
    needed: Sequence[str] = ()
    sheet: Sheet

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise ValidationError(_("Die Datei hat mehr als 5 MB."), code="too_large")
        try:
            self.sheet = read(upload.read(), self.columns, needed=self.needed)
        except SheetError as error:
            raise ValidationError([str(problem) for problem in error.problems]) from error
        return upload


class CatalogueForm(SheetForm):
    """The catalogue of services."""

    is_complete = forms.BooleanField(
        label=gettext_lazy("Die Datei ist der ganze Katalog"),
        help_text=gettext_lazy(
            "Leistungen, die darin fehlen, gelten dann als weggefallen. Gelöscht wird keine, an der etwas "
            "hängt."
        ),
        required=False,
    )


class LeavingForm(forms.Form):
    """That so many services shall leave the catalogue; asked again when it has become another number."""

    confirms = forms.BooleanField(
        error_messages={
            "required": gettext_lazy("Bitte bestätigen Sie das, oder wählen Sie eine andere Datei.")
        }
    )
    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, removed: int, vanished: int) -> None:
        self.leaving = removed + vanished
        super().__init__(data, initial={"number": self.leaving})
        deleted = ngettext("%(n)d Leistung wird gelöscht", "%(n)d Leistungen werden gelöscht", removed)
        marked = ngettext(
            "%(n)d Leistung gilt als weggefallen", "%(n)d Leistungen gelten als weggefallen", vanished
        )
        parts = [text % {"n": number} for text, number in ((deleted, removed), (marked, vanished)) if number]
        self.fields["confirms"].label = _("Ja: %(what)s.") % {"what": _(" und ").join(parts)}

    @property
    def is_confirmed(self) -> bool:
        return self.is_valid() and self.cleaned_data["number"] == self.leaving


def pack(sheet: Sheet, **more: Any) -> str:
    """What was read, for the page that shows it to send back; signed, so that it comes back as it was."""
    rows = [(row.line, dict(row.cells)) for row in sheet.rows]
    return signing.dumps([list(sheet.columns), rows, list(sheet.ignored), more], salt=SALT, compress=True)


def unpack(text: str) -> tuple[Sheet, dict[str, Any]] | None:
    """None for what did not come from `pack` within the last hours."""
    try:
        columns, rows, ignored, more = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Sheet(columns, [Row(line, cells) for line, cells in rows], ignored), more
