"""Forms about a city's status, and the filter of the working list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.enums import NetworkStatus
from cities.forms import date_input
from cities.models import City

MEANING = {
    NetworkStatus.MEMBER: _("Mitglied: alle Rechte"),
    NetworkStatus.GUEST: _("Gast: alle Rechte, als Gast genannt"),
    NetworkStatus.PAUSED: _("Mitgliedschaft ruht: Seite und Beiträge bleiben, niemand schreibt"),
    NetworkStatus.FORMER: _("ausgeschieden: Seite und Beiträge bleiben gekennzeichnet, niemand schreibt"),
    NetworkStatus.OUTSIDE: _(
        "noch nicht im Netzwerk: Die Aufnahme war ein Versehen, die Seite verschwindet; geht nur, solange "
        "nichts von der Stadt im Portal steht"
    ),
}


class StandingForm(forms.Form):
    """What shall hold from when. `seen` is the status that the page showed."""

    status = forms.ChoiceField(label=_("Ab jetzt"), widget=forms.RadioSelect)
    since = forms.DateField(label=_("gilt seit"), initial=timezone.localdate, widget=date_input())
    remark = forms.CharField(
        label=_("Nachricht an die Personen der Stadt"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Steht in der Mail, die sie dazu bekommen, und im Verlauf."),
    )
    seen = forms.ChoiceField(choices=NetworkStatus.choices, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, city: City) -> None:
        super().__init__(data, initial={"seen": city.status})
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        status.choices = [(value, text) for value, text in MEANING.items() if value != city.status]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since = data.get("since")
        if since and since > timezone.localdate():
            self.add_error(
                "since", ValidationError(_("Der Tag darf nicht in der Zukunft liegen."), code="future")
            )
        return data


class StandingFilterForm(forms.Form):
    """What narrows the working list of cities."""

    marks_optional = False
    q = forms.CharField(
        label=_("Name der Stadt"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("alle")),
            *(choice for choice in NetworkStatus.choices if choice[0] != NetworkStatus.OUTSIDE),
        ],
    )
