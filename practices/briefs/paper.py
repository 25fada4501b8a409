"""Briefs as the typst template wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from documents.glyphs import Verbatim
from documents.qr import svg
from documents.reaching import ways_to, with_mail
from documents.typesetting import pdf
from practices.briefs.brief import LENGTHS

if TYPE_CHECKING:
    from accounts.callees import Callee
    from documents.prose import Run
    from practices.briefs.brief import Box, Brief


def brief_pdf(brief: Brief) -> bytes:
    """The brief as PDF/UA on one page of A4."""
    title = _("Kurzfassung: %(title)s") % {"title": brief.title}
    return pdf("practices/briefs/brief.typ", {"brief": sheet_of(brief)}, title=title)


def sheet_of(brief: Brief) -> dict[str, Any]:
    """Data of `brief-page` in `templates/practices/briefs/page.typ`."""
    return {
        "preline": brief.preline,
        "title": brief.title,
        "standing": brief.standing,
        "notes": brief.notes,
        "summary": brief.summary,
        "lengths": [
            {
                "boxes": [_cut(box, box_letters) for box in brief.boxes],
                "risks": [_cut(box, risk_letters) for box in brief.risks],
            }
            for box_letters, risk_letters in LENGTHS
        ],
        "figures_label": _("Zahlen"),
        "figures": [{"label": one.label, "value": one.value, "note": one.note} for one in brief.figures],
        "no_figures": brief.no_figures,
        "spent_label": _("Das haben Städte bestätigt, die es übernommen haben:"),
        "spent": [[_record(one.city, one.url), {"text": f" {one.needed}"}] for one in brief.spent],
        "others_label": _("Wer macht es noch?"),
        "others": _others(brief),
        "contact_label": _("Wen kann ich fragen?"),
        "callees": [_person(callee) for callee in brief.callees],
        "contact_hint": with_mail(brief.contact_hint, settings.COORDINATION_EMAIL),
        "sources": brief.sources,
        "address": Verbatim(brief.address),
        "shown_address": brief.short_address,
        "qr": svg(brief.address),
        "qr_says": _("QR-Code zur Seite des Beitrags im Portal"),
    }


def _cut(box: Box, letters: int) -> dict[str, Any]:
    cut = box.shortened(letters)
    return {"label": cut.label, "blocks": cut.blocks}


def _person(callee: Callee) -> dict[str, Any]:
    role = [_("Vertretung")] if callee.is_deputy else []
    return {
        "name": ", ".join(part for part in (callee.name, callee.person) if part),
        "lines": [{"text": said} for said in role] + ways_to(callee),
    }


def _record(words: str, path: str) -> Run:
    """A link back into the portal."""
    return {"text": words, "href": Verbatim(f"{settings.BASE_URL}{path}")}


def _others(brief: Brief) -> list[list[Run]]:
    """Each a line of runs: with whom it was made, and who has taken it over."""
    lines: list[list[Run]] = [[{"text": brief.partners}]] if brief.partners else []
    if brief.adopters:
        line: list[Run] = [{"text": _("übernommen:") + " "}]
        for at, one in enumerate(brief.adopters):
            between = ", " if at + 1 < len(brief.adopters) or brief.more_adopters else ""
            line += [_record(one.city, one.url), {"text": f" ({one.label}){between}"}]
        lines.append([*line, {"text": brief.more_adopters}])
    return lines
