"""The weights of a comparison as an address has them."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cities.comparable.traits import PRESETS, Preset, Trait, Weight, Weights

BY_SLUG = {preset.slug: preset for preset in PRESETS}


class WeightsForm(forms.Form):
    """One choice for each trait. What an address leaves out or says wrongly is taken from the preset."""

    marks_optional = False

    def __init__(self, query: QueryDict) -> None:
        self.preset: Preset = BY_SLUG.get(query.get("profil", ""), PRESETS[0])
        self.is_own = any(trait.value in query for trait in Trait)
        self.weights: Weights = self.preset.weights
        preset = {trait.value: self._preset(trait) for trait in Trait}
        super().__init__(self._completed(query) if self.is_own else None, initial=preset)

    def drawn(self) -> SafeString:
        """The form as HTML. Of a preset alone it is always the same, and seven fields take long to draw."""
        return self.render() if self.is_own else _drawn(self.preset.slug, get_language())

    def _completed(self, query: QueryDict) -> dict[str, Any]:
        return {trait.value: query.get(trait.value, self._preset(trait)) for trait in Trait}

    def _preset(self, trait: Trait) -> int:
        return int(self.preset.weights.get(trait, Weight.NONE))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        weights = {trait: _or(cleaned.get(trait.value), self._preset(trait)) for trait in Trait}
        if not any(weights.values()):
            raise ValidationError(_("Mindestens ein Merkmal muss zählen."), code="nothing_counts")
        self.weights = weights
        return cleaned


def _or(chosen: int | None, preset: int) -> int:
    return preset if chosen is None else chosen


@cache
def _drawn(preset: str, _language: str | None) -> SafeString:
    return WeightsForm(QueryDict(urlencode({"profil": preset}))).render()


for trait in Trait:
    WeightsForm.base_fields[trait.value] = forms.TypedChoiceField(
        label=trait.label,
        choices=Weight.choices,
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={
            "invalid_choice": _("„%(value)s“ ist kein Gewicht. Es zählt, was die Auswahl davor vorsah.")
        },
    )
