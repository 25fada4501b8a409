"""When something happened, as short as it can be said."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def clock(at: datetime) -> str:
    """„14:32 Uhr“."""
    return _("%(time)s Uhr") % {"time": date_format(localtime(at), "H:i")}


def moment(at: datetime) -> str:
    """„14:32 Uhr“, with the day unless it is today."""
    local = localtime(at)
    time = clock(at)
    return time if local.date() == timezone.localdate() else f"{date_format(local, 'd.m.Y')}, {time}"
