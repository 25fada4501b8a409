"""The form that says what a city does for a topic and whom to call there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.phones import PhoneField
from cities.choosing import CityField
from cities.models import City
from cities.permissions import is_coordinator
from topics.actions import CHECK_AFTER
from topics.enums import Engagement
from topics.models import Leadership, Topic
from topics.permissions import can_give_lead, managed_city_ids
from ui.forms import VersionedModelForm

PEOPLE = ["contact_user", "deputy_user"]


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LeadershipForm(VersionedModelForm):
    """A city's part in a topic. Managers choose among their own cities and cannot give or take the lead."""

    class Meta:
        model = Leadership
        fields = [
            "city",
            "engagement",
            "promise",
            "contact_name",
            "contact_email",
            "contact_phone",
            "contact_user",
            "deputy_name",
            "deputy_email",
            "deputy_phone",
            "deputy_user",
            "since",
            "next_check",
        ]
        field_classes = {"contact_phone": PhoneField, "deputy_phone": PhoneField}
        widgets = {
            "engagement": forms.RadioSelect,
            "promise": forms.Textarea(attrs={"rows": 4}),
            "since": DayInput,
            "next_check": DayInput,
        }
        help_texts = {
            "next_check": gettext_lazy(
                "Wann sehen Sie nach, ob das noch stimmt? Dann erscheint es bei Ihnen als Aufgabe."
            ),
        }

    def __init__(self, *args: Any, user: User, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.instance.topic = topic
        if self.instance.pk:
            del self.fields["city"]
        else:
            self._offer_cities()
        self._offer_people()
        self._offer_engagements()
        self.others_leading = self._others_leading()
        if self.others_leading:
            self.fields["leads_too"] = self._second_lead()

    @property
    def keeps_lead(self) -> bool:
        """Whether the city leads and this person cannot change that."""
        return "engagement" not in self.fields

    @property
    def part_fields(self) -> list[BoundField]:
        return self._shown("city", "engagement", "leads_too", "promise")

    @property
    def contact_fields(self) -> list[BoundField]:
        return self._shown("contact_name", "contact_email", "contact_phone", "contact_user")

    @property
    def deputy_fields(self) -> list[BoundField]:
        return self._shown("deputy_name", "deputy_email", "deputy_phone", "deputy_user")

    @property
    def date_fields(self) -> list[BoundField]:
        return self._shown("since", "next_check")

    def _shown(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    def _offer_cities(self) -> None:
        """Coordinators type any city of the network, managers pick one of their own."""
        if is_coordinator(self.user):
            self.fields["city"] = CityField(help_text=_("Eine Stadt im Netzwerk. Beginnen Sie zu tippen."))
            return
        own = City.objects.in_network().filter(pk__in=managed_city_ids(self.user))
        self.fields["city"] = forms.ModelChoiceField(
            own,
            label=_("Stadt"),
            empty_label=None,
            error_messages={"invalid_choice": _("Bitte wählen Sie eine der angebotenen Städte.")},
        )

    def _offer_people(self) -> None:
        """Accounts can be named once the city is known; only its own people."""
        for name in PEOPLE:
            if self.instance.pk:
                people = User.objects.filter(memberships__city=self.instance.city_id, is_active=True)
                self.fields[name].queryset = people.order_by("name")  # type: ignore[attr-defined]
                self.fields[name].empty_label = _("kein Konto")  # type: ignore[attr-defined]
                self.fields[name].help_text = _("Name und Nummern aus dem Konto sehen nur Mitglieder.")
            else:
                del self.fields[name]

    def _offer_engagements(self) -> None:
        field = self.fields["engagement"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        if can_give_lead(self.user):
            field.choices = Engagement.choices
        elif self.instance.engagement == Engagement.LEADS:
            del self.fields["engagement"]
        else:
            field.choices = [choice for choice in Engagement.choices if choice[0] != Engagement.LEADS]

    def _others_leading(self) -> list[str]:
        """Who leads the topic already, where this person may give another city the lead."""
        if not can_give_lead(self.user) or self.instance.engagement == Engagement.LEADS:
            return []
        rows = Leadership.objects.leading().in_network().filter(topic=self.instance.topic)
        return list(rows.exclude(pk=self.instance.pk).by_role().values_list("city__name", flat=True))

    def _second_lead(self) -> forms.BooleanField:
        said = _("Zurzeit federführend: %(cities)s. Nur nötig, wenn diese Stadt dazukommen soll.")
        return forms.BooleanField(
            label=_("Ja, dieses Thema soll mehrere federführende Städte haben"),
            required=False,
            help_text=said % {"cities": ", ".join(self.others_leading)},
        )

    def clean_city(self) -> City:
        city: City = self.cleaned_data["city"]
        if Leadership.objects.filter(topic=self.instance.topic, city=city).exists():
            raise ValidationError(_("Diese Stadt ist dem Thema schon zugeordnet."), code="twice")
        return city

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day and "since" in self.changed_data and day > timezone.localdate() + CHECK_AFTER:
            raise ValidationError(_("Das ist mehr als ein Jahr hin. Bitte prüfen Sie das Jahr."), code="far")
        return day

    def clean_next_check(self) -> Any:
        day = self.cleaned_data["next_check"]
        if day and "next_check" in self.changed_data and day <= timezone.localdate():
            raise ValidationError(_("Bitte wählen Sie einen Tag in der Zukunft."), code="past")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        leads = cleaned.get("engagement") == Engagement.LEADS
        if leads and self.others_leading and not cleaned.get("leads_too"):
            message = _(
                "Federführend ist schon %(cities)s. Bitte bestätigen Sie, dass diese Stadt dazukommen soll,"
                " oder übergeben Sie das Thema auf seiner Seite."
            )
            self.add_error("leads_too", message % {"cities": ", ".join(self.others_leading)})
        since, check = cleaned.get("since"), cleaned.get("next_check")
        if since and check and check <= since:
            self.add_error("next_check", _("Die nächste Prüfung muss nach dem Beginn liegen."))
        for role in ("contact", "deputy"):
            named = cleaned.get(f"{role}_name") or cleaned.get(f"{role}_user")
            if not named and (cleaned.get(f"{role}_email") or cleaned.get(f"{role}_phone")):
                self.add_error(f"{role}_name", _("Bitte nennen Sie, wer dort zu erreichen ist."))
        return cleaned
