"""The form with which a city's part in a topic passes to other people or to another city."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.phones import PhoneField
from cities.choosing import CityField
from cities.models import City
from topics.actions import CHECK_AFTER
from topics.forms.leadership import DayInput
from topics.models import Leadership
from topics.permissions import can_give_lead

STAYS, LEAVES = "arbeitet_mit", "scheidet_aus"


class HandoverForm(forms.Form):
    """To whom, and from when. Managers name other people of their city, coordinators also another city."""

    city = CityField(
        label=gettext_lazy("Stadt"),
        help_text=gettext_lazy(
            "Dieselbe Stadt, wenn nur die Personen wechseln, oder eine andere im Netzwerk."
        ),
    )
    contact_name = forms.CharField(label=gettext_lazy("Neue Ansprechperson oder Stelle"), max_length=160)
    contact_email = forms.EmailField(label=gettext_lazy("E-Mail-Adresse"), required=False)
    contact_phone = PhoneField(label=gettext_lazy("Telefon"), max_length=40, required=False)
    deputy_name = forms.CharField(label=gettext_lazy("Vertretung"), max_length=160, required=False)
    deputy_email = forms.EmailField(label=gettext_lazy("E-Mail-Adresse der Vertretung"), required=False)
    deputy_phone = PhoneField(label=gettext_lazy("Telefon der Vertretung"), max_length=40, required=False)
    since = forms.DateField(label=gettext_lazy("Ab wann?"), widget=DayInput)
    former = forms.ChoiceField(
        label=gettext_lazy("Wenn die Stadt wechselt: die bisherige"),
        choices=[(STAYS, gettext_lazy("arbeitet weiter mit")), (LEAVES, gettext_lazy("scheidet aus"))],
        widget=forms.RadioSelect,
        initial=STAYS,
    )

    def __init__(self, *args: Any, leadership: Leadership, user: User, **kwargs: Any) -> None:
        first = max(timezone.localdate(), leadership.since or dt.date.min)
        kwargs.setdefault("initial", {"since": first, "city": leadership.city})
        super().__init__(*args, **kwargs)
        self.leadership = leadership
        if not can_give_lead(user):
            del self.fields["city"], self.fields["former"]

    @property
    def to_city(self) -> City:
        city: City = self.cleaned_data.get("city") or self.leadership.city
        return city

    @property
    def former_stays(self) -> bool:
        return self.cleaned_data.get("former") != LEAVES

    def clean_since(self) -> Any:
        day, begun = self.cleaned_data["since"], self.leadership.since
        if begun and day < begun:
            raise ValidationError(
                _("%(city)s hat das Thema erst seit dem %(begun)s. Vorher kann es niemand übernehmen.")
                % {"city": self.leadership.city, "begun": date_format(begun, "SHORT_DATE_FORMAT")},
                code="before",
            )
        if day < timezone.localdate() - CHECK_AFTER:
            raise ValidationError(_("Das ist mehr als ein Jahr her. Bitte prüfen Sie das Jahr."), code="past")
        if day > timezone.localdate() + CHECK_AFTER:
            raise ValidationError(_("Das ist mehr als ein Jahr hin. Bitte prüfen Sie das Jahr."), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "contact_name" in cleaned and not (cleaned.get("contact_email") or cleaned.get("contact_phone")):
            self.add_error(
                "contact_email", _("Bitte nennen Sie eine E-Mail-Adresse oder eine Telefonnummer.")
            )
        if not cleaned.get("deputy_name") and (cleaned.get("deputy_email") or cleaned.get("deputy_phone")):
            self.add_error("deputy_name", _("Bitte nennen Sie, wer dort zu erreichen ist."))
        return cleaned
