"""Which two versions to compare."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class ComparisonForm(forms.Form):
    """The numbers of two versions, in either order; `newest` is the highest there is."""

    def __init__(self, data: Any = None, *, newest: int) -> None:
        # Without a choice the newest is compared with the one before.
        chosen = {"alt": max(newest - 1, 1), "neu": newest}
        super().__init__({name: (data and data.get(name)) or number for name, number in chosen.items()})
        out_of_range = _("Die Fassungen zählen von 1 bis %(newest)d.") % {"newest": newest}
        labels = {"alt": _("Frühere Fassung"), "neu": _("Spätere Fassung")}
        for name, label in labels.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=newest,
                error_messages=dict.fromkeys(("min_value", "max_value"), out_of_range),
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("alt") and chosen.get("alt") == chosen.get("neu"):
            self.add_error("neu", _("Bitte wählen Sie zwei verschiedene Fassungen."))
        return chosen

    @property
    def pair(self) -> tuple[int, int]:
        """The earlier one first."""
        numbers = sorted((self.cleaned_data["alt"], self.cleaned_data["neu"]))
        return numbers[0], numbers[1]
