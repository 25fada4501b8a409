"""The whole ledger for the coordination, and the savings of the network for everybody."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from practices.adoption import asks
from practices.adoption.listing import listed
from practices.adoption.querysets import AdoptionQuerySet
from practices.adoption.savings import KINDS, groups_of, records_of, savings_for
from practices.enums import Basis, Visibility
from practices.models import Adoption
from search.paging import Page, offset_of
from ui.desk import back_to_desk

PAGE_SIZE = 50
ALL, UNCONFIRMED, OVERDUE, UNANSWERED, ANONYMOUS, WITHDRAWN = (
    "",
    "unbestaetigt",
    "ueberfaellig",
    "ohne-antwort",
    "anonym",
    "zurueckgezogen",
)
VIEWS = {
    ALL: gettext_lazy("alle"),
    UNCONFIRMED: gettext_lazy("noch nicht bestätigt"),
    OVERDUE: gettext_lazy("erneut zu bestätigen"),
    UNANSWERED: gettext_lazy("ohne Antwort der Stadt"),
    ANONYMOUS: gettext_lazy("anonym, noch nicht zusammengebracht"),
    WITHDRAWN: gettext_lazy("zurückgezogen"),
}


class SavingsFilter(forms.Form):
    """Which records of the page are listed; anything else in the address lists them all."""

    art = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in KINDS], required=False)
    grundlage = forms.ChoiceField(choices=Basis.choices, required=False)


@require_safe
def ledger(request: MemberRequest) -> HttpResponse:
    if not is_coordinator(request.user):
        raise PermissionDenied
    shown = request.GET.get("zeigen", ALL)
    shown = shown if shown in VIEWS else ALL
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    counts = _counts()
    rows = _narrowed(_view(shown), text)
    total = rows.count() if text else counts[shown]
    start = offset_of(request.GET, PAGE_SIZE)
    found = (
        rows.for_page()
        .prefetch_related("adoption_figures")
        .order_by("-updated_at", "-pk")[start : start + PAGE_SIZE]
    )
    context = {
        "rows": listed(found, request.user),
        "page": Page.at_offset(start, PAGE_SIZE, total),
        "total": total,
        "views": [(key, label, counts[key], key == shown) for key, label in VIEWS.items()],
        "shown": shown,
        "text": text,
        "lapses_after": asks.LAPSES_AFTER_DAYS,
    }
    return render(request, "practices/adoption/ledger.html", context)


def _view(shown: str) -> AdoptionQuerySet:
    adoptions = Adoption.objects.all()
    found: dict[str, AdoptionQuerySet] = {
        ALL: adoptions.there(),
        UNCONFIRMED: adoptions.unconfirmed(),
        OVERDUE: adoptions.due(),
        UNANSWERED: adoptions.left_to_coordination(),
        ANONYMOUS: adoptions.to_connect(),
        WITHDRAWN: adoptions.filter(withdrawn_at__isnull=False),
    }
    return found[shown]


def _narrowed(rows: AdoptionQuerySet, text: str) -> AdoptionQuerySet:
    if not text:
        return rows
    return rows.filter(
        Q(city__name__icontains=text) | Q(practice__title__icontains=text) | Q(block__title__icontains=text)
    )


def _counts() -> dict[str, int]:
    """All numbers of the page in one query."""
    there = Q(withdrawn_at=None)
    due = Q(next_check_on__lte=timezone.localdate())
    found: dict[str, int] = Adoption.objects.aggregate(
        all=Count("pk", filter=there),
        unconfirmed=Count("pk", filter=there & Q(confirmed_on=None)),
        overdue=Count("pk", filter=there & due),
        unanswered=Count("pk", filter=Q(pk__in=Adoption.objects.left_to_coordination().values("pk"))),
        anonymous=Count("pk", filter=there & Q(practice__visibility=Visibility.ANONYMOUS, connected_on=None)),
        withdrawn=Count("pk", filter=~there),
    )
    return dict(zip(VIEWS, found.values(), strict=True))


@require_POST
def ask_again(request: MemberRequest, pk: int) -> HttpResponse:
    """The city has not answered; the coordination cannot do it for it."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    adoption = get_object_or_404(Adoption.objects.for_page(), pk=pk)
    names = {"city": adoption.city}
    if asks.ask_again(adoption):
        messages.success(request, _("Leitung und Verwaltung von %(city)s sind noch einmal gefragt.") % names)
    else:
        messages.warning(
            request,
            _("Von %(city)s ist gerade niemand da, der bestätigen kann, oder es ist nichts zu bestätigen.")
            % names,
        )
    return back_to_desk(request)


@login_not_required
@require_safe
def savings(request: HttpRequest) -> HttpResponse:
    form = SavingsFilter(request.GET)
    form.is_valid()
    chosen = {"kind": form.cleaned_data.get("art", ""), "basis": form.cleaned_data.get("grundlage", "")}
    all_rows = savings_for(request.user)
    groups = groups_of(all_rows)
    rows = all_rows.filter(**{name: value for name, value in chosen.items() if value})
    total = sum(
        one.entries
        for group in groups
        for one in group.totals
        if chosen["kind"] in {"", one.kind} and chosen["basis"] in {"", one.basis}
    )
    start = offset_of(request.GET, PAGE_SIZE)
    context = {
        "groups": groups,
        "records": records_of(rows.order_by("-amount", "pk")[start : start + PAGE_SIZE], request.user),
        "page": Page.at_offset(start, PAGE_SIZE, total),
        "total": total,
        "is_narrowed": any(chosen.values()),
        "chosen": chosen,
        "lapses_after": asks.LAPSES_AFTER_DAYS,
    }
    return render(request, "practices/adoption/savings.html", context)
