"""The brief of a write-up on screen and on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documents import qr
from documents.answers import pdf_answer
from practices.briefs.brief import Brief
from practices.briefs.paper import brief_pdf
from practices.contacting.permissions import can_ask
from practices.views.pages import practice_for


@login_not_required
@require_safe
def brief(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    practice = practice_for(request.user, pk)
    if slug != practice.slug:
        return redirect("practices:brief", pk, practice.slug)
    short = Brief.of(practice, request.user)
    context = {
        "practice": practice,
        "brief": short,
        "qr": qr.data_uri(short.address),
        "can_ask": can_ask(request.user, practice),
    }
    return render(request, "practices/briefs/brief.html", context)


@login_not_required
@require_safe
def brief_file(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    practice = practice_for(request.user, pk)
    if slug != practice.slug:
        return redirect("practices:brief_pdf", pk, practice.slug)
    return pdf_answer(brief_pdf(Brief.of(practice, request.user)), f"kurzfassung-{practice.slug}")
