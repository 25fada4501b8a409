"""Rows as they arrive: what was typed is shown again, also where their number got lost."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BEYOND = 10  # rows over the limit that are read, so that what was typed is still there


class RowFormSet(forms.BaseFormSet):
    """Where the number of rows did not arrive some of them may be missing, so none is saved."""

    came_whole = True

    def clean(self) -> None:
        if not self.came_whole:
            raise ValidationError(_("Die Zeilen kamen unvollständig an. Bitte laden Sie die Seite neu."))


def numbered(data: Any, name: str, most: int) -> Any:
    """The same data, with the number of rows counted where it did not arrive."""
    numbers = {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    if all(re.fullmatch(r"[0-9]{1,6}", data.get(number, "")) for number in numbers):
        return data
    typed = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-")
    places = [int(found[1]) for field in data if (found := typed.match(field))]
    numbers[f"{name}-TOTAL_FORMS"] = min(max(places, default=-1) + 1, most + BEYOND)
    counted = data.copy()
    for field, number in numbers.items():
        counted[field] = str(number)
    return counted
