"""When a write-up has to be confirmed again."""

from __future__ import annotations

import calendar
import datetime as dt

from django.conf import settings


def next_check(day: dt.date) -> dt.date:
    """The day on which what was confirmed on `day` is asked about again."""
    return months_later(day, settings.PRACTICE_CHECK_MONTHS)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last: 31 January and one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
