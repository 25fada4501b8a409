"""Write-ups side by side. The address holds which, so nothing is written and every view can be sent on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from documents.answers import pdf_answer
from practices.comparing.comparison import MOST, Comparison, address_of, chosen_in
from practices.comparing.paper import comparison_pdf
from practices.relations.choosing import Candidate, found_by

PARAMETER, ONLY = "p", "unterschiede"


@dataclass(frozen=True)
class Addition:
    """A write-up that was found, and the address of the comparison with it."""

    candidate: Candidate
    url: str


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    asked = chosen_in(request.GET.getlist(PARAMETER))
    comparison = Comparison.of(asked, request.user)
    only = request.GET.get("nur") == ONLY
    text = request.GET.get("suche", "")
    context: dict[str, Any] = {
        "comparison": comparison,
        "lines": comparison.differing if only else comparison.lines,
        "only": only,
        "notes": _notes(asked, comparison),
        "text": text,
        "additions": _additions(request, comparison, text),
        "is_full": len(comparison.columns) >= MOST,
        "pdf_url": address_of(comparison.ids, "practices:compare_pdf"),
        "all_url": address_of(comparison.ids),
        "only_url": f"{address_of(comparison.ids)}&nur={ONLY}",
    }
    return render(request, "practices/comparing/compare.html", context)


@login_not_required
@require_safe
def compare_file(request: HttpRequest) -> HttpResponse:
    comparison = Comparison.of(chosen_in(request.GET.getlist(PARAMETER)), request.user)
    if not comparison.columns:
        raise Http404
    return pdf_answer(comparison_pdf(comparison), "vergleich")


def _notes(asked: list[int], comparison: Comparison) -> list[str]:
    """What of the address is not shown, without telling whether it exists."""
    notes = []
    if len(asked) > MOST:
        message = _("Höchstens %(most)d Beiträge lassen sich vergleichen. Gezeigt werden die ersten.")
        notes.append(message % {"most": MOST})
    missing = len(asked[:MOST]) - len(comparison.columns)
    if missing:
        notes.append(
            ngettext(
                "%(number)d Beitrag ist für Sie nicht zu sehen und fehlt hier.",
                "%(number)d Beiträge sind für Sie nicht zu sehen und fehlen hier.",
                missing,
            )
            % {"number": missing}
        )
    return notes


def _additions(request: HttpRequest, comparison: Comparison, text: str) -> list[Addition]:
    if len(comparison.columns) >= MOST:
        return []
    found = found_by(text, request.user, without=comparison.ids)
    return [Addition(one, address_of([*comparison.ids, one.pk])) for one in found]
