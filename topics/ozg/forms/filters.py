"""Filters as they stand in the address. What does not fit is left out and told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cities.enums import SizeClass, State
from topics.ozg.fields import Fields

UNKNOWN = _("„%(value)s“ gibt es in diesem Filter nicht.")


class Standing(models.TextChoices):
    """How far the network is with a service."""

    LIVE = "online", _("irgendwo online")
    IN_WORK = "in-arbeit", _("gerade in Arbeit")
    NOBODY = "niemand", _("noch bei niemandem begonnen")


class Saying(models.TextChoices):
    """Which rows of a city's grid are shown."""

    OPEN = "offen", _("noch ohne Angabe")
    SAID = "angegeben", _("mit Angabe")


class FilterForm(forms.Form):
    """Words and a Themenfeld; `chosen` gives the valid values of a filter."""

    marks_optional = False

    q = forms.CharField(label=_("Leistung, LeiKa-Schlüssel oder OZG-ID"), required=False, max_length=120)
    thema = forms.MultipleChoiceField(
        label=_("Themenfeld"), required=False, error_messages={"invalid_choice": UNKNOWN}
    )

    def __init__(self, data: Any, *, fields: Fields) -> None:
        super().__init__(data)
        self.by_slug = {node.slug: node for node in fields}
        self._field("thema").choices = [(node.slug, node.name) for node in fields]
        self.is_valid()

    def chosen(self, name: str) -> list[str]:
        valid = dict(self._field(name).choices)
        return [value for value in dict.fromkeys(self.data.getlist(name)) if value in valid]  # type: ignore[attr-defined]

    @property
    def text(self) -> str:
        return " ".join(str(self.cleaned_data.get("q", "")).replace("\x00", " ").split())

    @property
    def field_ids(self) -> list[int]:
        return [self.by_slug[slug].id for slug in self.chosen("thema")]

    def _field(self, name: str) -> Any:
        return self.fields[name]


class BoardFilter(FilterForm):
    """Of the board: also the cities that count, and how far the network is."""

    stand = forms.MultipleChoiceField(
        choices=Standing.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    land = forms.MultipleChoiceField(
        choices=State.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    groesse = forms.MultipleChoiceField(
        choices=SizeClass.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )


class GridFilter(FilterForm):
    """Of a city's grid: also which rows."""

    zeilen = forms.MultipleChoiceField(
        choices=Saying.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
