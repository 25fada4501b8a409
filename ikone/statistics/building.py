"""Making the report: in the background, all or nothing, in German whoever asked."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.typesetting import TypesettingError
from ikone.models import Report
from ikone.statistics.contents import Contents, period_of
from ikone.statistics.paper import report_pdf
from ikone.statistics.spreadsheet import report_sheet
from notifications.models import Undertaking
from notifications.undertakings import Refusal, Work, start

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

KIND = "report"
KEPT_DAYS = 90


def order(*, first: dt.date, last: dt.date, by: User) -> Undertaking:
    """Have the report of a period made; one that is being made already is enough."""
    arguments = {"first": first.isoformat(), "last": last.isoformat()}
    if waiting := running().filter(arguments=arguments).first():
        return waiting
    return start(
        KIND,
        title=_("Bericht %(period)s") % {"period": period_of(first, last)},
        arguments=arguments,
        asked_by=by.pk,
        url=reverse("reports"),
    )


def running() -> QuerySet[Undertaking]:
    return Undertaking.objects.waiting().filter(kind=KIND)


def build(work: Work) -> dict[str, Any]:
    """Both files, which take the place of the period's old ones."""
    first, last = (dt.date.fromisoformat(work.arguments[name]) for name in ("first", "last"))
    with override(settings.LANGUAGE_CODE):
        work.report(0, 3, _("Zahlen"))
        contents = Contents.of(first, last)
        work.report(1, 3, _("PDF"))
        try:
            pdf = report_pdf(contents)
        except TypesettingError as error:
            raise Refusal(
                _("Das PDF ließ sich nicht setzen. Bitte sagen Sie dem Betreiber Bescheid.")
            ) from error
        work.report(2, 3, _("Excel-Datei"))
        sheet = report_sheet(contents)
        made = {"pdf": pdf, "sheet": sheet, "made_at": timezone.now()}
        Report.objects.update_or_create(first=first, last=last, defaults=made)
        work.report(3, 3, _("Fertig"))
        return {"text": _("Der Bericht liegt als PDF und als Excel-Datei bereit.")}


def name_of(report: Report) -> str:
    """Of its files, without the ending."""
    return f"Bericht-{report.first:%Y-%m-%d}-bis-{report.last:%Y-%m-%d}"


def forget_old() -> None:
    """Delete what is older than KEPT_DAYS; it can be made again at any time."""
    Report.objects.filter(made_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
