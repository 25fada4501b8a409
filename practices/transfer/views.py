"""The page of the check, and clarifying a line."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from practices.models import Practice, TransferNote
from practices.transfer import actions
from practices.transfer.checking import FEW_DAYS, SAME_SIZE, check_for
from practices.transfer.costs import LITTLE, MUCH
from practices.transfer.enums import Line
from practices.transfer.forms import ClarifyForm
from practices.transfer.reading import can_check, cities_to_check
from practices.views.pages import practice_for

REFUSED = 422
MOST_STEPS = 20


@require_safe
def transfer(request: MemberRequest, pk: int) -> HttpResponse:
    """All lines for one of the reader's cities."""
    practice, city, cities = _checked(request, pk)
    return render(
        request,
        "practices/transfer/page.html",
        {
            "practice": practice,
            "check": check_for(request.user, practice, city),
            "city": city,
            "cities": cities,
            "limits": {"size": SAME_SIZE, "days": FEW_DAYS, "little": LITTLE, "much": MUCH},
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def clarify(request: MemberRequest, pk: int, line: str) -> HttpResponseBase:
    """Say what holds for the own city, or take it back."""
    if line not in Line.values:
        raise Http404
    practice, city, _cities = _checked(request, pk)
    back = _address(practice, city)
    with transaction.atomic():
        note = TransferNote.objects.filter(practice=practice, city=city, line=line).first()
        if request.method == "POST" and "zurueck" in request.POST:
            if note:
                actions.reopen(note=note, by=request.user)
            messages.success(
                request, _("„%(line)s“ gilt wieder als nicht geklärt.") % {"line": Line(line).label}
            )
            return redirect(back)
        instance = note or TransferNote(practice_id=practice.pk, city_id=city.pk, line=line)
        form = ClarifyForm(request.POST if request.method == "POST" else None, instance=instance)
        if form.is_bound and form.is_valid() and _saved(form, request):
            messages.success(request, _("„%(line)s“ ist geklärt.") % {"line": Line(line).label})
            return redirect(back)
    found = next((each for each in check_for(request.user, practice, city).lines if each.line == line), None)
    context = {
        "practice": practice,
        "city": city,
        "line": Line(line),
        "found": found,
        "form": form,
        "is_clarified": note is not None,
        "steps": _steps(practice, city, line),
        "back": back,
    }
    return render(
        request, "practices/transfer/clarify.html", context, status=REFUSED if form.is_bound else 200
    )


def _saved(form: ClarifyForm, request: MemberRequest) -> bool:
    """Whether it is written; a colleague can have clarified the same line a moment ago."""
    try:
        with transaction.atomic():
            actions.clarify(form=form, by=request.user)
    except IntegrityError:
        form.add_error(
            None,
            _(
                "Inzwischen hat jemand bei Ihnen diese Zeile geklärt. Laden Sie die Seite neu, um es zu "
                "sehen."
            ),
        )
        return False
    return True


def _checked(request: MemberRequest, pk: int) -> tuple[Practice, Any, list[Any]]:
    """The write-up, the city that it is held against, and all that the reader could choose."""
    practice = practice_for(request.user, pk)
    if not can_check(request.user, practice):
        raise PermissionDenied(_("Prüfen können alle, die für eine andere Stadt im Netzwerk arbeiten."))
    cities = cities_to_check(request.user, practice)
    wanted = request.GET.get("stadt", "")
    return practice, next((city for city in cities if city.slug == wanted), cities[0]), cities


def _address(practice: Practice, city: Any) -> str:
    return f"{reverse('practices:transfer', args=[practice.pk])}?stadt={city.slug}"


def _steps(practice: Practice, city: Any, line: str) -> list[Any]:
    """What was said of this line before, the latest first."""
    events: Any = apps.get_model("practices", "TransferNoteEvent").objects
    rows = events.filter(practice=practice.pk, city=city.pk, line=line).select_related("noted_by")
    return list(rows.order_by("-pgh_created_at", "-pgh_id")[:MOST_STEPS])
