"""Telephone numbers that somebody can dial."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SIGNS = re.compile(r"[0-9+/()\- ]*")
FEWEST_DIGITS = 3  # 115, 110
DASHES = str.maketrans("‐‑‒–—", "-----")


class PhoneField(forms.CharField):
    """One line of digits and what people set between them; dashes from word processors become hyphens."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").translate(DASHES).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        digits = sum(sign.isdecimal() for sign in value)
        if value and (not SIGNS.fullmatch(value) or digits < FEWEST_DIGITS):
            raise ValidationError(
                _("Bitte geben Sie eine Telefonnummer an, zum Beispiel „06341 13-0“ oder „+49 6341 130“."),
                code="invalid",
            )
