"""The section „Zahlen“ of the editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.enums import Accuracy
from practices.figures.amounts import DAYS, EURO, PERCENT, Amount, AmountField
from practices.figures.reading import unit_of
from practices.forms.rows import RowForm, RowSet, SectionWithRows
from practices.history import lines
from practices.models import Figure, Funding, Indicator, Practice

MOST_FIGURES, MOST_INDICATORS, MOST_FUNDINGS = 30, 20, 10
BASIS_MISSING = gettext_lazy("Bitte sagen Sie, ob die Zahl gemessen oder geschätzt ist.")


def _amount_of(number: Any, accuracy: str) -> Amount | None:
    return None if number is None else Amount(number, Accuracy(accuracy))


class FigureForm(RowForm):
    """An amount with all that makes it worth something."""

    value = AmountField(
        label=gettext_lazy("Betrag"),
        units=(EURO, DAYS),
        error_messages={"required": gettext_lazy("Bitte geben Sie den Betrag an; „0“ ist auch einer.")},
    )
    field_order = ["kind", "value", "basis", "period", "source", "note"]

    class Meta:
        model = Figure
        fields = ["kind", "basis", "period", "source", "note"]
        error_messages = {
            "kind": {"required": gettext_lazy("Bitte wählen Sie, was die Zahl angibt.")},
            "basis": {"required": BASIS_MISSING},
        }

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        return super().initial_of(row) | {"value": _amount_of(row.amount, row.accuracy)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        amount, kind = cleaned.get("value"), cleaned.get("kind")
        if amount:
            self.instance.amount, self.instance.accuracy = amount.number, amount.accuracy
            if kind and amount.unit and amount.unit != unit_of(kind):
                message = _("Diese Art steht in %(unit)s; hier steht „%(typed)s“.")
                self.add_error("value", message % {"unit": unit_of(kind), "typed": amount.unit})
        return cleaned


class IndicatorForm(RowForm):
    """Something counted before and after."""

    before_value = AmountField(label=gettext_lazy("Vorher"), units=(EURO, PERCENT), required=False)
    after_value = AmountField(label=gettext_lazy("Nachher"), units=(EURO, PERCENT), required=False)
    field_order = ["name", "unit", "before_value", "after_value", "basis", "period", "source"]

    class Meta:
        model = Indicator
        fields = ["name", "unit", "basis", "period", "source"]
        error_messages = {
            "name": {"required": gettext_lazy("Bitte nennen Sie, was gezählt wurde.")},
            "basis": {"required": BASIS_MISSING},
        }

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        return super().initial_of(row) | {
            "before_value": _amount_of(row.before, row.before_accuracy),
            "after_value": _amount_of(row.after, row.after_accuracy),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        units = {cleaned.get("unit", "")}
        for name in ("before", "after"):
            amount = cleaned.get(f"{name}_value")
            if amount:
                setattr(self.instance, name, amount.number)
                setattr(self.instance, f"{name}_accuracy", amount.accuracy)
                units.add(amount.unit)
        units.discard("")
        if len(units) > 1:
            self.add_error("unit", _("Bei den Werten steht eine andere Einheit als hier."))
        elif units:
            cleaned["unit"] = units.pop()
        given = [cleaned.get(name) for name in ("before_value", "after_value")]
        if not any(given) and not {"before_value", "after_value"} & set(self.errors):
            self.add_error("after_value", _("Bitte geben Sie mindestens einen der beiden Werte an."))
        return cleaned


class FundingForm(RowForm):
    """Money from outside."""

    value = AmountField(label=gettext_lazy("Fördersumme"), units=(EURO,), required=False)
    part = AmountField(label=gettext_lazy("Anteil in Prozent"), units=(PERCENT,), required=False)
    field_order = ["programme", "value", "part", "period", "source"]

    class Meta:
        model = Funding
        fields = ["programme", "period", "source"]
        error_messages = {"programme": {"required": gettext_lazy("Bitte nennen Sie, wer fördert.")}}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        return super().initial_of(row) | {
            "value": _amount_of(row.amount, row.accuracy),
            "part": _amount_of(row.share, Accuracy.EXACT),
        }

    def clean_part(self) -> Amount | None:
        part: Amount | None = self.cleaned_data["part"]
        if part and part.accuracy != Accuracy.EXACT:
            raise forms.ValidationError(_("Bitte nur die Zahl, zum Beispiel „90“."))
        if part and part.number > 100:
            raise forms.ValidationError(_("Mehr als 100 Prozent sind nicht möglich."))
        return part

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if amount := cleaned.get("value"):
            self.instance.amount, self.instance.accuracy = amount.number, amount.accuracy
        if part := cleaned.get("part"):
            self.instance.share = part.number
        return cleaned


class NumbersForm(SectionWithRows):
    """All numbers of a write-up, saved together."""

    def row_sets_of(self, data: Any, practice: Practice) -> list[RowSet]:
        return [
            RowSet(
                data,
                form=FigureForm,
                rows=list(practice.figures.all()),
                title=gettext_lazy("Kosten, Aufwand und Ersparnis"),
                intro=gettext_lazy(
                    "Schreiben Sie Zahlen, wie Sie es gewohnt sind: „60.750 €“, „1,5“ oder „rund 5.000“. "
                    "Was Sie nicht wissen, bleibt leer."
                ),
                each=gettext_lazy("Zahl"),
                most=MOST_FIGURES,
                say=lines.figure,
            ),
            RowSet(
                data,
                form=IndicatorForm,
                rows=list(practice.indicators.all()),
                title=gettext_lazy("Ergebnisse in Zahlen"),
                intro=gettext_lazy(
                    "Was lässt sich zählen? Am meisten sagt ein Wert vor und einer nach der Umstellung."
                ),
                each=gettext_lazy("Ergebnis"),
                most=MOST_INDICATORS,
                say=lines.indicator,
            ),
            RowSet(
                data,
                form=FundingForm,
                rows=list(practice.fundings.all()),
                title=gettext_lazy("Förderung"),
                intro=gettext_lazy("Woher kam Geld von außen, und wie viel?"),
                each=gettext_lazy("Förderung"),
                most=MOST_FUNDINGS,
                say=lines.funding,
            ),
        ]
