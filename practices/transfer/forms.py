"""What somebody of the city enters for one line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import TransferNote
from ui.forms import VersionedModelForm


class ClarifyForm(VersionedModelForm):
    """What holds for the own city, and why."""

    class Meta:
        model = TransferNote
        fields = ["verdict", "note"]
        widgets = {"verdict": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "note": _("Ein, zwei Sätze: mit wem, mit welchem Ergebnis. Das lesen nur Ihre eigenen Leute.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict = self.fields["verdict"]
        assert isinstance(verdict, forms.TypedChoiceField)  # noqa: S101  narrows the type
        given: Any = verdict.choices
        verdict.choices = [choice for choice in given if choice[0]]

    def saved_by(self, stored: Any) -> str:
        return str(stored.noted_by) if stored.noted_by else super().saved_by(stored)
