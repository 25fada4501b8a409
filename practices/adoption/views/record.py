"""The record of one adoption, what its own city does with it, and the list of a person's cities."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from cities.permissions import city_ids_of, is_coordinator, is_member
from practices.adoption import actions, variants
from practices.adoption.changes import reason_for
from practices.adoption.counting import locked_subject
from practices.adoption.forms import DetailsForm
from practices.adoption.listing import Listed, listed
from practices.adoption.numbers import lines_of
from practices.adoption.permissions import can_confirm, can_edit, can_withdraw
from practices.adoption.reading import is_anonymous, kicker_of, subject_of, trust_in
from practices.adoption.views.access import CHANGED, adoption_for, editable_adoption, seen_version
from practices.adoption.views.adopting import CONFIRM
from practices.contacting.mails import contact_of
from practices.files.kinds import LABELS
from practices.models import Adoption, Practice
from practices.partial_dates import display
from practices.permissions import can_see_city
from search.paging import Page, offset_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PAGE_SIZE = 50
COUNTED = "gezaehlt"
COUNTED_TITLE = gettext_lazy("Bestätigt und im Einsatz oder im Pilotbetrieb")
ANEW = gettext_lazy("Gespeichert. Die Übernahme ist jetzt neu zu bestätigen.")
ANEW_COUNTED = gettext_lazy(
    "Gespeichert. Die Übernahme ist jetzt neu zu bestätigen und zählt bis dahin nicht mit."
)
NOT_ASKED = gettext_lazy(
    "Diese Übernahme wurde inzwischen zurückgezogen. Was Sie geschrieben haben, ist gespeichert; gezählt "
    "wird es nicht, und niemand wird gebeten, es zu bestätigen."
)
NOT_YOURS = gettext_lazy("Das bestätigen nur Leitung und Verwaltung der Stadt, die es übernimmt.")


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    adoption = get_object_or_404(Adoption.objects.reachable_by(request.user).for_page(), pk=pk)
    if not adoption.confirmed_on and not is_member(request.user):
        context = {"adoption": adoption, "subject": subject_of(adoption, request.user)}
        return render(request, "practices/adoption/anew.html", context)
    variant = _variant(adoption, request.user)
    steps = list(adoption.steps.select_related("by"))
    context = {
        "adoption": adoption,
        "subject": subject_of(adoption, request.user),
        "kicker": kicker_of(adoption),
        "trust": trust_in(adoption),
        "reason": reason_for(adoption),
        "since": display(adoption.since),
        "steps": [(step, display(step.since)) for step in steps],
        "numbers": lines_of(adoption),
        "files": [(file, LABELS[file.stored.extension]) for file in adoption.files.select_related("stored")],
        "variant": variant,
        "shows_people": is_member(request.user),
        "can_edit": can_edit(request.user, adoption),
        "can_confirm": can_confirm(request.user, adoption),
        "can_withdraw": can_withdraw(request.user, adoption),
        "is_anonymous": is_anonymous(adoption),
        "connect_url": _connect_url(adoption, request.user),
        "brought_together": _brought_together(adoption, request.user),
        "can_write_variant": can_edit(request.user, adoption) and variant is None,
    }
    return render(request, "practices/adoption/detail.html", context)


def _connect_url(adoption: Adoption, reader: User | AnonymousUser) -> str:
    """For the coordination, as long as both cities do not know of each other."""
    is_open = is_anonymous(adoption) and adoption.connected_on is None and adoption.withdrawn_at is None
    return reverse("adoption:connect", args=[adoption.pk]) if is_open and is_coordinator(reader) else ""


def _brought_together(adoption: Adoption, reader: User | AnonymousUser) -> dict[str, str] | None:
    """Who wrote the anonymous write-up, for the adopting city once that one has agreed."""
    practice = adoption.practice
    if practice is None or not (adoption.connected_on and can_edit(reader, adoption)):
        return None
    return {"city": practice.city.name, "name": practice.contact_name, "email": contact_of(practice)}


def _variant(adoption: Adoption, reader: User | AnonymousUser) -> Practice | None:
    """What the city has made of it, for those who may read it: the record names its city.

    Whoever acts for the city reads all that it has. What has gone to another city since tells of that one.
    """
    rows = Practice.objects.visible_to(reader).filter(pk=adoption.variant_id, city=adoption.city_id)
    variant = rows.first()
    return variant if variant is not None and can_see_city(reader, variant) else None


@require_safe
def own(request: MemberRequest) -> HttpResponse:
    """What the cities of this person have taken over, and first what is to be confirmed."""
    rows = Adoption.objects.of_own_cities(request.user)
    numbers = rows.numbers_for(request.user)
    counts_only = request.GET.get("zeigen") == COUNTED
    start = offset_of(request.GET, PAGE_SIZE)
    wanted = rows.counted() if counts_only else rows
    shown = wanted.for_page().prefetch_related("adoption_figures").as_work(request.user)
    found: list[Listed] = listed(shown[start : start + PAGE_SIZE], request.user)
    context = {
        "numbers": numbers,
        "counts_only": counts_only,
        "parts": [("gezaehlt", COUNTED_TITLE, numbers["counted"], found)]
        if counts_only
        else _parts(found, numbers),
        "page": Page.at_offset(start, PAGE_SIZE, numbers["counted" if counts_only else "all"]),
        "shows_city": len(city_ids_of(request.user)) > 1,
    }
    return render(request, "practices/adoption/own.html", context)


def _parts(found: list[Listed], numbers: dict[str, int]) -> list[tuple[str, Any, int, list[Listed]]]:
    """The rows of this page under their headings, each with the number of all that belong there."""
    others = _("Weitere Übernahmen") if numbers["waiting"] else _("Alle Übernahmen")
    return [
        (
            "zu-bestaetigen",
            _("Wartet auf Ihre Bestätigung"),
            numbers["waiting"],
            [row for row in found if row.waits_for_me],
        ),
        (
            "alle",
            others,
            numbers["there"] - numbers["waiting"],
            [row for row in found if not (row.waits_for_me or row.is_withdrawn)],
        ),
        (
            "zurueckgezogen",
            _("Zurückgezogen"),
            numbers["all"] - numbers["there"],
            [row for row in found if row.is_withdrawn],
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What came of it; the stage has a page of its own."""
    adoption = editable_adoption(request.user, pk)
    if request.method != "POST":
        return _edit_page(request, adoption, DetailsForm(adoption=adoption))
    with transaction.atomic():
        locked_subject(adoption)  # first, as everywhere: saving numbers and confirming need it, too
        rows = Adoption.objects.select_for_update(of=("self",))
        row = get_object_or_404(rows.select_related("city", "practice", "block", "updated_by"), pk=pk)
        form = DetailsForm(request.POST, adoption=row)
        if not form.is_valid():
            # What was typed is on the form's row now; the page shows the row as it is stored.
            return _edit_page(request, adoption, form)
        is_as_seen = seen_version(request) == row.version
        was_confirmed = row.confirmed_on is not None
        wants = request.POST.get("do") == CONFIRM
        confirms = wants and is_as_seen and can_confirm(request.user, row)
        form.save_details(by=request.user, confirms=confirms)
        archived = subject_of(row, request.user).archived
        if row.withdrawn_at:
            messages.warning(request, NOT_ASKED)
        elif confirms:
            actions.confirm(adoption=row, by=request.user)
            messages.success(request, " ".join([_("Gespeichert und bestätigt."), archived]).strip())
        else:
            is_anew = was_confirmed and not row.confirmed_on
            said = (ANEW_COUNTED if row.is_running else ANEW) if is_anew else _("Gespeichert.")
            messages.success(request, f"{said} {archived}".strip())
            if wants and not is_as_seen:
                messages.warning(request, CHANGED)
    return redirect(row)


def _edit_page(request: MemberRequest, adoption: Adoption, form: DetailsForm) -> HttpResponse:
    context = {
        "form": form,
        "adoption": adoption,
        "subject": subject_of(adoption, request.user),
        "may_confirm": adoption.withdrawn_at is None and can_confirm(request.user, adoption),
        "is_anonymous": is_anonymous(adoption),
    }
    return render(request, "practices/adoption/edit.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    adoption = adoption_for(request.user, pk)
    if not can_confirm(request.user, adoption):
        raise PermissionDenied(str(NOT_YOURS))
    adoption.version = seen_version(request)
    try:
        actions.confirm(adoption=adoption, by=request.user)
    except actions.ChangedMeanwhileError:
        messages.warning(request, CHANGED)
    except actions.WithdrawnError:
        messages.warning(request, _("Diese Übernahme wurde inzwischen zurückgezogen."))
    else:
        said = _("Bestätigt. In einem Jahr fragen wir wieder.")
        messages.success(request, f"{said} {subject_of(adoption, request.user).archived}".strip())
    return redirect(adoption)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    adoption = editable_adoption(request.user, pk)
    if not can_withdraw(request.user, adoption):
        raise PermissionDenied(str(NOT_YOURS))
    if request.method == "POST":
        with suppress(actions.WithdrawnError):  # pressed twice
            actions.withdraw(adoption=adoption, by=request.user)
        messages.success(request, _("Zurückgezogen. Gezählt wird sie nicht mehr; geschrieben bleibt alles."))
        return redirect(adoption)
    context = {"adoption": adoption, "subject": subject_of(adoption, request.user)}
    return render(request, "practices/adoption/withdraw.html", context)


@require_POST
def write_variant(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin a write-up of one's own with what the adoption already tells."""
    adoption = editable_adoption(request.user, pk)
    if not subject_of(adoption, request.user).url:
        messages.warning(request, _("Der Beitrag, auf dem Ihrer aufbauen soll, wird gerade überarbeitet."))
        return redirect(adoption)
    practice = variants.begin(adoption=adoption, by=request.user)
    messages.success(
        request, _("Das ist der Anfang Ihres Beitrags. Was Sie schon geschrieben haben, steht darin.")
    )
    return redirect("practices:edit", practice.pk)
