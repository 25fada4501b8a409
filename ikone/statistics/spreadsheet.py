"""The report as a spreadsheet, to go on calculating with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.spreadsheets import Link, Sheet, workbook
from ikone.statistics.contents import Contents


def report_sheet(contents: Contents) -> bytes:
    sections = contents.statistics.sections
    sheets = [
        Sheet(
            _("Kennzahlen"),
            [_("Bereich"), _("Kennzahl"), _("Wert"), _("Anmerkung")],
            (
                [section.title, one.label, one.value if one.number is None else one.number, one.note]
                for section in sections
                for one in section.figures
            ),
            [26, 44, 18, 40],
        ),
        Sheet(
            _("Diagramme"),
            [_("Bereich"), _("Diagramm"), _("Bezeichnung"), _("Anzahl")],
            (
                [section.title, chart.title, bar.label, bar.number]
                for section in sections
                for chart in section.charts
                for bar in chart.bars
            ),
            [26, 36, 40, 12],
        ),
        Sheet(
            _("Themen"),
            [_("Thema"), _("Ebene"), _("Federführung"), _("Beiträge"), _("neu im Zeitraum")],
            (
                [one.name, one.depth, one.led_by, one.number, one.new]
                for one in contents.statistics.topics
            ),
            [44, 8, 44, 12, 16],
        ),
        Sheet(
            _("Beiträge im Zeitraum"),
            [
                _("Titel"), _("Stadt"), _("Art"), _("Stand"), _("Thema"), _("veröffentlicht"),
                _("In einem Satz"), _("Beispiel"),
            ],
            (
                [
                    Link(one.title, one.url), one.city, one.kind, one.phase, one.topic, one.published_on,
                    one.summary, _("ja") if one.is_demo else "",
                ]
                for one in contents.write_ups
            ),
            [50, 26, 20, 18, 30, 16, 80, 10],
        ),
        Sheet(_("Methode"), [_("Begriff"), _("Was gezählt wird")], contents.method, [26, 110]),
    ]  # fmt: skip
    return workbook(sheets, title=contents.title)
