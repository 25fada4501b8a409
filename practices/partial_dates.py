"""Dates as exactly as they are known: a year, or a month of a year. Stored as `2022` or `2022-03`."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STORED = r"^(19|20)\d\d(-(0[1-9]|1[0-2]))?$"
# In free text: „03/2024“, „3.2024“, „März 2024“, „2024-03“ or „2024“.
MOMENT = re.compile(
    r"(?<!\d)(?:(0?[1-9]|1[0-2])\s*[./]\s*|([^\W\d_]+)\.?\s+)?((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?!\d)"
)


def display(value: str) -> str:
    """`2022-03` as „März 2022“."""
    year, _dash, month = value.partition("-")
    return f"{MONTHS[int(month)]} {year}" if month else year


def parse(text: str) -> str:
    """The stored form of „2022“, „03/2022“, „3.2022“, „01.03.2022“, „März 2022“ or „2022-03“.

    Raises ValidationError in the reader's language.
    """
    text = text.strip()
    if not text:
        return ""
    year = month = day = ""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text):
        year, month, day = match[1], match[2] or "", match[3] or ""
    elif match := re.fullmatch(r"(?:(\d{1,2})\.\s*)?(\d{1,2})\s*[./]\s*(\d{4})", text):
        day, month, year = match[1] or "", match[2], match[3]
    elif match := re.fullmatch(r"(\w+)\.?\s+(\d{4})", text):
        names = {str(name).lower()[:3]: number for number, name in MONTHS.items()}
        month, year = str(names.get(match[1].lower()[:3], "")), match[2]
        if not month:
            year = ""
    stored = f"{year}-{int(month):02}" if month else year
    if not re.match(STORED, stored, re.ASCII):
        raise ValidationError(
            _("Bitte ein Jahr oder einen Monat angeben, zum Beispiel „2024“ oder „03/2024“."), code="invalid"
        )
    if day:
        try:
            dt.date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValidationError(
                _("Diesen Tag gibt es nicht. Das Jahr oder der Monat genügt."), code="no_day"
            ) from error
    return stored


def latest_in(text: str) -> str | None:
    """The last month that words like „2023 bis März 2024“ name, in the stored form.

    A year alone lasts until its December. None where no year is named.
    """
    numbers = {str(name).lower(): number for number, name in MONTHS.items()}
    numbers |= {name[:3]: number for name, number in numbers.items()}
    found = []
    for before, word, year, after in MOMENT.findall(text):
        month = int(before or after or numbers.get(word.lower(), 12))
        found.append(f"{year}-{month:02}")
    return max(found, default=None)


class PartialDateField(forms.CharField):
    """Form field for a year or a month."""

    default_help = gettext_lazy("Jahr oder Monat, zum Beispiel „2024“ oder „03/2024“.")

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("help_text", self.default_help)
        options.setdefault("widget", forms.TextInput(attrs={"size": 12, "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and re.match(r"^\d{4}-\d{2}$", value):
            return f"{value[5:]}/{value[:4]}"
        return value

    def clean(self, value: Any) -> str:
        return parse(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or "") != parse(data or "")
        except ValidationError:
            return True
