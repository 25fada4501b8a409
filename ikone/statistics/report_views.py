"""Ordering the report and fetching it, for the coordination."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from documents.answers import pdf_answer, xlsx_answer
from ikone.models import Report
from ikone.statistics.building import KEPT_DAYS, name_of, order, running
from ikone.statistics.forms import ReportForm
from ikone.statistics.views import coordinators_only


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: MemberRequest) -> HttpResponse:
    """The reports that are there; a post has one made."""
    coordinators_only(request)
    form = ReportForm(request.POST or None, initial=ReportForm.usual(request.GET))
    if request.method == "POST" and form.is_valid():
        undertaking = order(first=form.cleaned_data["von"], last=form.cleaned_data["bis"], by=request.user)
        return redirect("undertaking", undertaking.pk)
    context = {
        "form": form,
        "reports": Report.objects.defer("pdf", "sheet"),
        "running": running(),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "statistics/reports.html", context, status=422 if form.errors else 200)


@require_safe
def report_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    coordinators_only(request)
    report = get_object_or_404(Report.objects.defer("sheet"), pk=pk)
    return pdf_answer(bytes(report.pdf), name_of(report))


@require_safe
def report_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    coordinators_only(request)
    report = get_object_or_404(Report.objects.defer("pdf"), pk=pk)
    return xlsx_answer(bytes(report.sheet), name_of(report))
