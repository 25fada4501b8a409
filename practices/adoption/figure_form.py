"""One amount of the adopting city: from a time that can be, and asked about where it is hardly meant."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.adoption import plausible
from practices.figures.forms import FigureForm
from practices.models import Adoption, AdoptionFigure
from practices.models.adoption import SAVINGS
from practices.partial_dates import PartialDateField, Span, span_of

SURE = "sure"
BEFORE_BEGIN = gettext_lazy(
    "Das liegt vor dem Beginn bei Ihnen (%(since)s). Was davor war, hat die Übernahme nicht gespart."
)
BACKWARDS = gettext_lazy("Dieser Zeitraum endet, bevor er beginnt. Bitte prüfen Sie die Jahre.")
AHEAD = gettext_lazy(
    "Dieser Zeitraum beginnt erst in der Zukunft. Tragen Sie die Zahl ein, wenn es so weit ist."
)


class AdoptionFigureForm(FigureForm):
    """A saving names its source. `figure_form_for` says of which city, since when, and what is stored.

    What is unusually large comes back with a tick box, which has to be set; what is stored was asked about
    when it was entered.
    """

    sure = forms.BooleanField(label=gettext_lazy("Der Wert stimmt so"), required=False)
    field_order = ["kind", "value", SURE, "basis", "period", "source", "note"]
    inhabitants: int | None = None
    begin = ""
    known: frozenset[tuple[int, str, Decimal]] = frozenset()

    class Meta(FigureForm.Meta):
        model = AdoptionFigure  # type: ignore[assignment]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sure = self.fields.pop(SURE)
        if self.is_bound and self.add_prefix(SURE) in self.data:
            self._offer_tick()

    def _offer_tick(self) -> None:
        self.fields[SURE] = self._sure
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind", "")
        if kind in SAVINGS and not cleaned.get("source") and "source" not in self.errors:
            self.add_error("source", _("Woher wissen Sie das? Ohne Quelle zählt eine Ersparnis nicht."))
        if span := span_of(cleaned.get("period") or ""):
            self._check_period(span, kind)
        if kind and cleaned.get("value") and not self.has_error("value"):
            self._check_size(kind, cleaned["value"].number)
        return cleaned

    def _check_period(self, span: Span, kind: str) -> None:
        """What was saved before it began with this city, the adoption has not saved."""
        if span.is_backwards:
            self.add_error("period", str(BACKWARDS))
        elif span.first > timezone.localdate().strftime("%Y-%m"):
            self.add_error("period", str(AHEAD))
        # A year alone began with its first month.
        elif kind in SAVINGS and span.last < (self.begin if "-" in self.begin else f"{self.begin}-01"):
            since = PartialDateField().prepare_value(self.begin)
            self.add_error("period", BEFORE_BEGIN % {"since": since})

    def _check_size(self, kind: str, number: Decimal) -> None:
        is_known = (self.cleaned_data.get("row"), kind, number) in self.known
        question = "" if is_known else plausible.question(kind, number, self.inhabitants)
        if question and not self.cleaned_data.get(SURE):
            self._offer_tick()
            self.add_error("value", question)


def figure_form_for(adoption: Adoption, figures: Iterable[AdoptionFigure]) -> type[AdoptionFigureForm]:
    """The form for the numbers of this adoption, which has these already."""
    values = {
        "inhabitants": adoption.city.population,
        "begin": adoption.begin,
        "known": frozenset((figure.pk, figure.kind, figure.amount) for figure in figures),
    }
    return type("AdoptionFigureForm", (AdoptionFigureForm,), values)
