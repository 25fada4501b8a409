"""The form with which a city asks to join, and how the coordination answers."""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import OneLineField

SALT = "mitmachen"
FASTEST, OLDEST = 3, 24 * 3600  # seconds between opening the form and sending it


def stamp() -> str:
    """When the form was opened, signed."""
    return signing.dumps(int(time.time()), salt=SALT)


class JoinForm(forms.Form):
    """No third party and no riddle: a field that only programs fill in, and a signed time.

    Who fills it in faster than anybody can is asked to send it once more; nothing typed is lost.
    """

    name = OneLineField(label=_("Ihr Name"), max_length=120)
    office = OneLineField(
        label=_("Dienststelle"),
        max_length=160,
        help_text=_("Zum Beispiel „Hauptamt“ oder „Büro der Bürgermeisterin“."),
    )
    email = forms.EmailField(
        label=_("Dienstliche E-Mail-Adresse"),
        max_length=254,
        help_text=_("An diese Adresse schicken wir einen Link, mit dem Sie die Anfrage bestätigen."),
    )
    message = forms.CharField(
        label=_("Was möchten Sie einbringen oder suchen?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    # Hidden by the style sheet: people do not see it, programs fill it in.
    homepage = forms.CharField(required=False, max_length=500)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"opened": stamp()})
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["office"].widget.attrs["autocomplete"] = "organization"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            opened = float(signing.loads(data.get("opened", ""), salt=SALT, max_age=OLDEST))
        except (signing.BadSignature, ValueError, TypeError):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["opened"] = stamp()  # type: ignore[index]
            opened = time.time()
        if time.time() - opened < FASTEST:
            raise ValidationError(
                _("Bitte prüfen Sie Ihre Angaben und senden Sie sie noch einmal ab."), code="stamp"
            )
        return data


class DeclineForm(forms.Form):
    remark = forms.CharField(
        label=_("Begründung"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Steht so in der Mail an die anfragende Person."),
        error_messages={"required": _("Bitte schreiben Sie, warum es nicht geht.")},
    )
