"""What people of other cities say about a write-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import Review
from practices.reviews.actions import Opinion

NOTHING_SAID = _("Bitte schreiben Sie wenigstens einen Satz: was überzeugt oder worauf zu achten ist.")


class OpinionForm(forms.ModelForm):
    """Verdict and reasons; at least one reason."""

    class Meta:
        model = Review
        fields = ["verdict", "convinced", "caution"]
        widgets = {
            "verdict": forms.RadioSelect,
            "convinced": forms.Textarea(attrs={"rows": 4}),
            "caution": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "convinced": _("Zum Beispiel: Das Vorgehen ist gut belegt und passt auch für kleine Städte."),
            "caution": _(
                "Zum Beispiel: Den Personalrat früh beteiligen; die Kosten gelten nur für eine Stadt."
            ),
        }
        error_messages = {"verdict": {"required": _("Bitte wählen Sie Ihren Eindruck.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict = self.fields["verdict"]
        verdict.choices = [choice for choice in verdict.choices if choice[0]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or {}
        reasons = ("convinced", "caution")
        if not any(values.get(name) or name in self.errors for name in reasons):
            self.add_error("convinced", NOTHING_SAID)
        return values

    @property
    def opinion(self) -> Opinion:
        return Opinion(**self.cleaned_data)
