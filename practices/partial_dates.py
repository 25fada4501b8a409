"""Dates as exactly as they are known: a year, or a month of a year. Stored as `2022` or `2022-03`."""

import datetime as dt
import re
from dataclasses import dataclass
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


def is_before(since: str, other: str) -> bool:
    """Of two stored dates, compared as far as both are known: 2022 is not before March 2022."""
    return since < other and not other.startswith(since)


@dataclass(frozen=True)
class Span:
    """What words like „2023 bis März 2024“ name: first and last month in the stored form.

    A year alone goes from its January to its December. `is_backwards`: one of them ends before it begins.
    """

    first: str
    last: str
    is_backwards: bool


def span_of(text: str) -> Span | None:
    """None where no year is named."""
    names = {str(name).lower(): number for number, name in MONTHS.items()}
    names |= {name[:3]: number for name, number in names.items()}
    found: list[tuple[str, str]] = []
    is_backwards, end = False, 0
    for moment in MOMENT.finditer(text):
        before, word, year, after = moment.groups(default="")
        month = int(before or after or names.get(word.lower(), 0))
        is_to = _leads_to(text[end : moment.start(3)].strip(), word, is_month=word.lower() in names)
        end = moment.end()
        now = (f"{year}-{month or 1:02}", f"{year}-{month or 12:02}")
        is_backwards |= bool(found) and is_to and now[1] < found[-1][0]
        found.append(now)
    if not found:
        return None
    return Span(min(first for first, _last in found), max(last for _first, last in found), is_backwards)


def _leads_to(between: str, word: str, *, is_month: bool) -> bool:
    """Whether what stands between two dates makes a span of them: „bis“ or a dash, and no other word."""
    if between.startswith("bis"):
        return True
    return between[:1] in {"-", "–", "—"} and (not word or is_month)


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
