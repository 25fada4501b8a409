"""The report as the typst template wants it."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from documents.glyphs import Verbatim
from documents.typesetting import pdf
from ikone.statistics.contents import Contents, Line
from ikone.statistics.figures import Section, written
from ikone.statistics.reading import TopicLine
from ui.identity import identity, logo

IN_A_ROW = 3
LOGO_PIXELS = (600, 300)
MOST_LISTED = 300  # on paper; the spreadsheet has all


def report_pdf(contents: Contents) -> bytes:
    """PDF/UA. Raises TypesettingError."""
    return pdf("statistics/report.typ", {"report": sheet_of(contents)}, title=contents.title)


def sheet_of(contents: Contents) -> dict[str, Any]:
    """Data of `templates/statistics/report.typ`."""
    listed = contents.write_ups[:MOST_LISTED]
    return {
        "preline": _("Bericht der Koordination"),
        "claim": identity().claim,
        "operator": identity().operator,
        "logo": _logo(),
        "period": contents.period,
        "standing": contents.standing,
        "contents": _("Inhalt"),
        "sections": [_section(section) for section in contents.statistics.sections],
        "head": {"what": _("Bezeichnung"), "number": _("Anzahl")},
        "nothing": _("Dazu gibt es noch keine Angaben."),
        "topics": {
            "title": _("Themen und ihre Federführung"),
            "head": [_("Thema"), _("Federführung"), _("Beiträge"), _("neu")],
            "rows": [_topic(line) for line in contents.statistics.topics],
        },
        "write_ups": {
            "title": _("Beiträge im Zeitraum"),
            "notes": _notes(contents, len(listed)),
            "head": [_("Beitrag"), _("Stadt"), _("Art und Stand")],
            "rows": [_write_up(line) for line in listed],
        },
        "annex": {
            "title": _("Anhang: Wie gezählt wird"),
            "rows": [{"term": term, "said": said} for term, said in contents.method],
        },
    }


def _logo() -> list[int] | None:
    """The bytes of a small PNG, as JSON can hold them."""
    found = logo()
    if found is None:
        return None
    picture = Image.open(io.BytesIO(found[0]))
    picture.thumbnail(LOGO_PIXELS)
    small = io.BytesIO()
    picture.save(small, "PNG")
    return list(small.getvalue())


def _section(section: Section) -> dict[str, Any]:
    figures = [{"label": one.label, "value": one.value, "note": one.note} for one in section.figures]
    return {
        "title": section.title,
        "today": section.today,
        "bands": _rows_of(figures),
        "charts": [
            {
                "title": chart.title,
                "most": max((bar.number for bar in chart.bars), default=0),
                "bars": [
                    {"label": bar.label, "number": bar.number, "written": written(bar.number)}
                    for bar in chart.bars
                ],
            }
            for chart in section.charts
            if any(bar.number for bar in chart.bars)
        ],
    }


def _rows_of(figures: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """In rows of nearly the same length."""
    rows = -(-len(figures) // IN_A_ROW)
    width = -(-len(figures) // rows) if rows else 1
    return [figures[at : at + width] for at in range(0, len(figures), width)]


def _topic(line: TopicLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "depth": line.depth,
        "leaders": line.led_by or "–",
        "number": written(line.number),
        "new": written(line.new),
    }


def _write_up(line: Line) -> dict[str, Any]:
    said = [line.kind, line.phase, *([_("Beispiel")] if line.is_demo else [])]
    return {
        "title": line.title,
        "url": Verbatim(line.url),
        "summary": line.summary,
        "city": line.city,
        "said": ", ".join(said),
    }


def _notes(contents: Contents, listed: int) -> list[str]:
    notes = []
    if not contents.write_ups:
        notes.append(_("Im Zeitraum ist kein öffentlicher Beitrag erschienen."))
    if len(contents.write_ups) > listed:
        notes.append(
            _("Gezeigt sind die neuesten %(listed)s von %(total)s. Alle stehen in der Excel-Datei.")
            % {"listed": written(listed), "total": written(len(contents.write_ups))}
        )
    if contents.not_listed:
        notes.append(
            ngettext(
                "%(n)s weiterer Beitrag darf nur im Netzwerk gelesen werden und ist nicht aufgeführt.",
                "%(n)s weitere Beiträge dürfen nur im Netzwerk gelesen werden und sind nicht aufgeführt.",
                contents.not_listed,
            )
            % {"n": written(contents.not_listed)}
        )
    return notes
