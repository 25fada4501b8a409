"""Period, part of the network, and which records of a figure: what stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.enums import NetworkStatus, SizeClass, State
from ikone.statistics.scope import EARLIEST, LATEST, UNKNOWN, Scope
from practices.adoption.enums import Stage
from practices.enums import Basis, Kind, Phase, RequestState, Verdict
from practices.models.adoption import SAVINGS
from practices.partial_dates import display
from topics.choosing import TopicSelect
from topics.tree import TopicTree

YES = "1"
FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
WRONG_DAY = gettext_lazy("„%(value)s“ ist kein Tag. Bitte geben Sie einen Tag an, zum Beispiel 31.12.2025.")
WRONG_CHOICE = gettext_lazy("„%(value)s“ gibt es in dieser Auswahl nicht.")
ALL = [("", gettext_lazy("alle"))]


class DayField(forms.DateField):
    """Says what was typed: a browser shows nothing in a field for days that is no day."""

    def to_python(self, value: Any) -> dt.date | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(WRONG_DAY, code="invalid", params={"value": value}) from error


def _day(label: Any) -> DayField:
    return DayField(
        label=label,
        required=False,
        input_formats=FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _choice(label: Any, choices: Any = (), **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        **options,
        label=label,
        choices=[*ALL, *choices],
        required=False,
        error_messages={"invalid_choice": WRONG_CHOICE},
    )


class PeriodForm(forms.Form):
    """Two days; what does not fit is told at its field, and the running year stands in."""

    marks_optional = False

    von = _day(gettext_lazy("von"))
    bis = _day(gettext_lazy("bis"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("von", "bis"):
            day = cleaned.get(name)
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("Bitte geben Sie einen Tag zwischen 2015 und 2099 an."))
        first, last = cleaned.get("von"), cleaned.get("bis")
        if first and last and last < first:
            self.add_error("bis", _("Das Ende darf nicht vor dem Beginn liegen."))
        return cleaned

    @property
    def period(self) -> Scope:
        """As chosen where both ends fit together; else the running year."""
        usual = Scope.of_this_year()
        if self.errors.keys() & {"von", "bis"}:
            return usual
        first = self.cleaned_data.get("von")
        last = self.cleaned_data.get("bis")
        if first and not last:
            last = max(first, usual.last)
        if last and not first:
            first = last.replace(month=1, day=1)
        return usual.over(first, last) if first and last else usual


class ReportForm(PeriodForm):
    """The period of a report: both ends are needed, and it has to have begun."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True

    @staticmethod
    def usual(query: Any) -> dict[str, dt.date]:
        """The period in the address, else the running year."""
        form = PeriodForm(query)
        form.is_valid()
        return {"von": form.period.first, "bis": form.period.last}

    def clean_von(self) -> dt.date:
        first: dt.date = self.cleaned_data["von"]
        if first > timezone.localdate():
            raise ValidationError(_("Der Zeitraum hat noch nicht begonnen."), code="future")
        return first


class ScopeForm(PeriodForm):
    """The filters of the page of figures."""

    land = _choice(
        gettext_lazy("Bundesland"),
        [
            *sorted(State.choices, key=lambda choice: str(choice[1])),
            (UNKNOWN, gettext_lazy("ohne Angabe (anonym)")),
        ],
    )
    groesse = _choice(
        gettext_lazy("Größe der Stadt"),
        [*SizeClass.choices, (UNKNOWN, gettext_lazy("ohne Angabe (anonym)"))],
    )
    thema = _choice(gettext_lazy("Thema"), widget=TopicSelect)

    def __init__(self, data: Any, *, tree: TopicTree) -> None:
        super().__init__(data)
        self.by_slug = {node.slug: node for node in tree.live}
        field: Any = self.fields["thema"]
        field.choices = [
            *ALL,
            *((node.slug, f"{'– ' * (node.depth - 1)}{node.name}") for node in tree.live),
        ]
        if self.is_valid() or not self.errors.keys() & {"von", "bis"}:
            self._show_period()

    def _show_period(self) -> None:
        """The days that apply stand in their fields, also where the address names none."""
        period = self.period
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["von"], data["bis"] = period.first.isoformat(), period.last.isoformat()
        self.data = data

    @property
    def scope(self) -> Scope:
        """What fits; the rest is told by the form."""
        period, chosen = self.period, self.cleaned_data
        return Scope(
            period.first,
            period.last,
            chosen.get("land", ""),
            chosen.get("groesse", ""),
            self.by_slug.get(chosen.get("thema", "")),
        )


class ChosenForm(forms.Form):
    """Which of a list's records: the parts that figures name in their links. What is wrong counts as open."""

    status = _choice(gettext_lazy("im Netzwerk"), NetworkStatus.choices)
    art = _choice(gettext_lazy("Art"), Kind.choices)
    stand = _choice(gettext_lazy("Stand"), Phase.choices)
    stufe = _choice(gettext_lazy("Stand"), Stage.choices)
    weg = _choice(gettext_lazy("Weg"), RequestState.choices)
    meinung = _choice(gettext_lazy("Meinung"), Verdict.choices)
    ersparnis = _choice(gettext_lazy("Was"), [(kind.value, kind.label) for kind in SAVINGS])
    grundlage = _choice(gettext_lazy("Grundlage"), Basis.choices)
    federfuehrung = _choice(
        gettext_lazy("Federführung"), [("mit", gettext_lazy("abgedeckt")), ("ohne", gettext_lazy("fehlt"))]
    )
    neu = _choice("", [(YES, gettext_lazy("neu im Zeitraum"))])
    monat = forms.RegexField(
        r"^20\d\d(-(0[1-9]|1[0-2]))?$", label=gettext_lazy("veröffentlicht"), required=False
    )
    geprueft = _choice("", [(YES, gettext_lazy("geprüft"))])
    bestaetigt = _choice("", [(YES, gettext_lazy("bestätigt"))])
    bestaetigt_im = _choice("", [("zeitraum", gettext_lazy("zuletzt im Zeitraum bestätigt"))])
    gezaehlt = _choice("", [(YES, gettext_lazy("bestätigt und in Gebrauch"))])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    def chosen(self, name: str) -> str:
        value: str = self.cleaned_data.get(name, "")
        return value

    @property
    def in_words(self) -> list[str]:
        """What is chosen, as people would say it."""
        return [f"{field.label}: {said}" if field.label else said for field, said in self._said()]

    def _said(self) -> Iterator[tuple[forms.Field, str]]:
        for name, field in self.fields.items():
            value = self.chosen(name)
            if value:
                choices = dict(getattr(field, "choices", ()))
                yield field, str(choices[value]) if choices else display(value)
