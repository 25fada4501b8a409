"""The cities with which something was done together, typed one a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cities.choosing import CityField, exact_label
from cities.models import City

MOST_PARTNERS = 20


class PartnerCitiesField(forms.CharField):
    """Its value is a list of cities, in the network or not. Reading costs up to three queries a city."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=5_000, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(exact_label(city) for city in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[City]:
        names = [
            line.strip() for line in super().clean(value).replace(";", "\n").splitlines() if line.strip()
        ]
        if len(names) > MOST_PARTNERS:
            raise ValidationError(
                _("Höchstens %(most)d Partnerstädte sind möglich.") % {"most": MOST_PARTNERS},
                code="max_items",
            )
        cities, errors = _read(names)
        if errors:
            raise ValidationError(errors)
        return cities

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return {city.pk for city in initial or []} != {city.pk for city in self.clean(data or "")}
        except ValidationError:
            return True


def _read(names: Iterable[str]) -> tuple[list[City], list[ValidationError]]:
    field = CityField(whole_register=True)
    cities: dict[int, City] = {}
    errors = []
    for name in names:
        try:
            if city := field.clean(name):
                cities[city.pk] = city
        except ValidationError as error:
            errors.append(error)
    return list(cities.values()), errors
