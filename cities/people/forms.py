"""Forms about who acts for a city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import NEW_PASSWORD_HELP, PASSWORD_LENGTH, OneLineField
from accounts.models import User
from cities.enums import Role
from cities.models import City, Invitation, Membership

ROLE_CHOICES = [
    (Role.AUTHOR, _("Redaktion: schreibt Praxisbeispiele und reicht sie ein")),
    (Role.MANAGER, _("Verwaltung: veröffentlicht, pflegt die Stadtseite und lädt Personen ein")),
    (Role.LEADER, _("Leitung (OBM): liest alles im Netzwerk, schreibt und bestätigt Übernahmen")),
]
ALREADY_INVITED = _("An diese Adresse ist schon eine Einladung offen. Senden Sie sie in der Liste erneut.")


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Am besten die persönliche Dienstadresse, denn mit ihr meldet sich die Person an."),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class InvitePersonForm(AddressForm):
    """An invitation into one city. Whether an address has an account elsewhere does not show."""

    role = forms.ChoiceField(
        label=_("Rolle"), choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=Role.AUTHOR
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city

    def clean_email(self) -> str:
        email = super().clean_email()
        if Membership.objects.filter(city=self.city, user__email=email).exists():
            raise ValidationError(_("Diese Person arbeitet schon für die Stadt mit."))
        if Invitation.objects.unanswered().filter(city=self.city, email=email).exists():
            raise ValidationError(ALREADY_INVITED)
        return email


class InviteCoordinatorForm(AddressForm):
    def clean_email(self) -> str:
        email = super().clean_email()
        if User.objects.filter(is_coordinator=True, email=email).exists():
            raise ValidationError(_("Diese Person gehört schon zur Koordination."))
        if Invitation.objects.unanswered().filter(as_coordinator=True, email=email).exists():
            raise ValidationError(ALREADY_INVITED)
        return email


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rolle"), choices=ROLE_CHOICES, widget=forms.RadioSelect)


class NewPersonForm(forms.Form):
    """What a new person says when accepting an invitation; the address is known."""

    name = OneLineField(label=_("Ihr Name"), max_length=120)
    office = OneLineField(
        label=_("Dienststelle"),
        max_length=160,
        required=False,
        help_text=_("Zum Beispiel „Stabsstelle Digitalisierung“."),
    )
    password = forms.CharField(
        label=_("Passwort"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=NEW_PASSWORD_HELP,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["office"].widget.attrs["autocomplete"] = "organization"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            person = User(email=self.email, name=data.get("name", ""), office=data.get("office", ""))
            try:
                validate_password(data["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return data
