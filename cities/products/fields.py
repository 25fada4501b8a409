"""Years and days as people write them in a table of contracts."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cities.products.models import FIRST_YEAR, LAST_YEAR

YEAR = re.compile(
    r"(?:(?:[0-3]?[0-9][./-])?[01]?[0-9][./-])?(?P<year>[0-9]{4})|(?P<iso>[0-9]{4})(?:-[0-9]{2}){1,2}"
)
DAY = re.compile(r"(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.(?P<year>[0-9]{4})")
ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ]00:00:00)?")
MONTH = re.compile(r"(?P<month>[01]?[0-9])[./](?P<year>[0-9]{4})")


class YearField(forms.CharField):
    """A year, also out of „03/2020“ or „01.03.2020“; its value is a number or None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 20)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip()
        if not text:
            return None
        match = YEAR.fullmatch(text)
        year = int(match["year"] or match["iso"]) if match else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(
                _("„%(text)s“ ist kein Jahr. Zum Beispiel so: 2021."), code="year", params={"text": text}
            )
        return year

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "").strip()


class LastDayField(forms.CharField):
    """The day on which something ends, or None; „12/2027“ and „2027“ are their last day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value

    def clean(self, value: Any) -> dt.date | None:
        text = super().clean(value).strip()
        if not text:
            return None
        day = last_day(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("„%(text)s“ ist kein Datum. Zum Beispiel so: %(day)s oder 12/2027."),
                code="day",
                params={"text": text, "day": date_format(dt.date(2027, 12, 31), "d.m.Y")},
            )
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != str(data or "").strip()


def last_day(text: str) -> dt.date | None:
    """The day meant by „31.12.2027“, „2027-12-31“, „12/2027“ or „2027“; None for anything else."""
    if re.fullmatch(r"[0-9]{4}", text):
        return _day(int(text), 12, 31)
    if match := MONTH.fullmatch(text):
        year, month = int(match["year"]), int(match["month"])
        if not 1 <= month <= 12 or year < 1:
            return None
        return _day(year, month, calendar.monthrange(year, month)[1])
    match = DAY.fullmatch(text) or ISO_DAY.fullmatch(text)
    return _day(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
