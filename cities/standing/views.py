"""Working pages of the coordination: all cities of the network, and one city's status."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from cities.enums import NetworkStatus
from cities.models import City, Invitation, Membership, StatusChange
from cities.permissions import can_admit
from cities.standing.actions import ChangedMeanwhileError, StillTiedError, change_status
from cities.standing.forms import StandingFilterForm, StandingForm
from cities.standing.ties import number_of
from search.paging import Page, offset_of

PAGE_SIZE = 100


@require_safe
def city_desk(request: MemberRequest) -> HttpResponse:
    """Every city that is or was in the network, with its people and when one of them was last here."""
    if not can_admit(request.user):
        raise PermissionDenied
    form = StandingFilterForm(request.GET)
    form.is_valid()
    cities = City.objects.exclude(status=NetworkStatus.OUTSIDE).containing(form.cleaned_data.get("q", ""))
    if status := form.cleaned_data.get("stand"):
        cities = cities.filter(status=status)
    start = offset_of(request.GET, PAGE_SIZE)
    last = Membership.objects.filter(city=OuterRef("pk")).order_by().values("city")
    rows = cities.annotate(
        number_of_people=number_of(Membership.objects.filter(user__is_active=True)),
        number_of_invitations=number_of(Invitation.objects.unanswered()),
        last_seen=Subquery(last.annotate(day=TruncDate(Max("user__last_login"))).values("day")),
    ).order_by("sort_name", "ags")[start : start + PAGE_SIZE]
    page = Page.at_offset(start, PAGE_SIZE, cities.count())
    context = {"form": form, "cities": rows, "page": page}
    return render(request, "cities/standing/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: MemberRequest, slug: str) -> HttpResponseBase:
    """What a city's status is, what a change will do, and what it was before."""
    if not can_admit(request.user):
        raise PermissionDenied
    city = get_object_or_404(City.objects.exclude(status=NetworkStatus.OUTSIDE), slug=slug)
    form = StandingForm(request.POST if request.method == "POST" else None, city=city)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change = change_status(
                city=city,
                to=NetworkStatus(data["status"]),
                since=data["since"],
                remark=data["remark"],
                seen=data["seen"],
                by=request.user,
            )
        except ChangedMeanwhileError:
            messages.warning(
                request, _("Den Stand hat inzwischen jemand anderes geändert. Bitte sehen Sie noch einmal.")
            )
            return redirect("standing", city.slug)
        except StillTiedError as error:
            form.add_error("status", str(error))
        else:
            return _changed(request, change)
    members = Membership.objects.filter(city=city, user__is_active=True)
    context = {
        "city": city,
        "form": form,
        "number_of_people": members.count(),
        "number_of_invitations": Invitation.objects.unanswered().filter(city=city).count(),
        "changes": city.status_changes.select_related("by"),
    }
    return render(request, "cities/standing/standing.html", context, status=422 if form.errors else 200)


def _changed(request: MemberRequest, change: StatusChange) -> HttpResponse:
    """What holds now, and truthfully how to get back."""
    said = {"city": change.city.name, "status": change.get_after_display()}
    if change.after == NetworkStatus.OUTSIDE:
        messages.success(
            request,
            _("%(city)s ist nicht mehr im Netzwerk. Über „Stadt aufnehmen“ kommt sie zurück.") % said,
        )
        return redirect("city_desk")
    messages.success(request, _("%(city)s: %(status)s. Auf dieser Seite können Sie es wieder ändern.") % said)
    return redirect("standing", change.city.slug)
