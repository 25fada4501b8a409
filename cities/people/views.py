"""The people of a city, for its managers and the coordination."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from cities.enums import Role
from cities.models import City, Invitation, Membership
from cities.people import actions
from cities.people.forms import ALREADY_INVITED, InvitePersonForm, RoleForm
from cities.people.states import is_last_manager, is_open, said_of
from cities.permissions import can_invite, can_manage, is_coordinator

LAST_MANAGER = gettext_lazy(
    "Das ist die letzte Person in der Verwaltung der Stadtseite. Machen Sie zuerst eine andere dazu, "
    "oder bitten Sie die Koordination."
)
GONE = gettext_lazy("Diese Person arbeitet inzwischen nicht mehr für die Stadt mit.")


def _managed_city(request: MemberRequest, slug: str) -> City:
    city = get_object_or_404(City, slug=slug)
    if not can_manage(request.user, city):
        raise PermissionDenied if city.has_page else Http404
    return city


@require_safe
def people(request: MemberRequest, slug: str) -> HttpResponse:
    city = _managed_city(request, slug)
    invitations = Invitation.objects.unanswered().filter(city=city).select_related("city", "invited_by")
    return render(
        request,
        "cities/people/people.html",
        {
            "city": city,
            "memberships": Membership.objects.for_city(city),
            "invitations": [
                (invitation, is_open(invitation), said_of(invitation)) for invitation in invitations
            ],
            "can_invite": can_invite(request.user, city),
        },
    )


@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    city = _managed_city(request, slug)
    if not can_invite(request.user, city):
        raise PermissionDenied
    form = InvitePersonForm(request.POST or None, city=city)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.invite(email=email, city=city, role=Role(form.cleaned_data["role"]), by=request.user)
        except actions.AlreadyInvitedError:
            form.add_error("email", ALREADY_INVITED)
        else:
            messages.success(request, _("Die Einladung an %(email)s ist unterwegs.") % {"email": email})
            return redirect("cities:people", city.slug)
    return render(request, "cities/people/invite.html", {"city": city, "form": form})


@require_POST
def invite_again(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    city = _managed_city(request, slug)
    if not can_invite(request.user, city):
        raise PermissionDenied
    invitation = get_object_or_404(Invitation.objects.unanswered(), city=city, pk=pk)
    return resend(request, invitation, redirect("cities:people", city.slug))


@require_POST
def revoke(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    city = _managed_city(request, slug)
    invitation = get_object_or_404(Invitation.objects.unanswered(), city=city, pk=pk)
    return withdraw(request, invitation, redirect("cities:people", city.slug))


def resend(request: MemberRequest, invitation: Invitation, response: HttpResponse) -> HttpResponse:
    try:
        actions.invite_again(invitation=invitation, by=request.user)
    except actions.NoLongerValidError:
        messages.warning(request, _("Diese Einladung ist inzwischen beantwortet oder zurückgezogen."))
    else:
        messages.success(
            request,
            _("Ein neuer Link ist unterwegs an %(email)s. Der alte gilt nicht mehr.")
            % {"email": invitation.email},
        )
    return response


def withdraw(request: MemberRequest, invitation: Invitation, response: HttpResponse) -> HttpResponse:
    try:
        actions.revoke(invitation=invitation, by=request.user)
    except actions.NoLongerValidError:
        messages.warning(request, _("Diese Einladung ist inzwischen beantwortet oder zurückgezogen."))
    else:
        messages.success(
            request, _("Die Einladung an %(email)s gilt nicht mehr.") % {"email": invitation.email}
        )
    return response


def _membership(city: City, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "city"), city=city, pk=pk)


@require_http_methods(["GET", "POST"])
def change_role(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    city = _managed_city(request, slug)
    membership = _membership(city, pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=request.user)
        except actions.LastManagerError:
            form.add_error("role", LAST_MANAGER)
        except Membership.DoesNotExist:
            messages.warning(request, GONE)
            return redirect_to_people(request, city)
        else:
            messages.success(request, _("Die Rolle von %(name)s ist geändert.") % {"name": membership.user})
            return redirect_to_people(request, city)
    return render(
        request, "cities/people/change_role.html", {"city": city, "membership": membership, "form": form}
    )


@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    city = _managed_city(request, slug)
    membership = _membership(city, pk)
    last = is_last_manager(membership)
    if request.method == "POST":
        try:
            actions.remove(membership=membership, by=request.user)
        except actions.LastManagerError:
            messages.error(request, LAST_MANAGER)
        except Membership.DoesNotExist:
            messages.warning(request, GONE)
        else:
            messages.success(
                request,
                _("%(name)s arbeitet nicht mehr für %(city)s mit.") % {"name": membership.user, "city": city},
            )
        return redirect_to_people(request, city)
    return render(
        request,
        "cities/people/remove.html",
        {
            "city": city,
            "membership": membership,
            "is_last_manager": last,
            "is_possible": is_coordinator(request.user) or not last,
        },
    )


def redirect_to_people(request: MemberRequest, city: City) -> HttpResponse:
    """Back to the list, or to the city for somebody who has just given up the right to see it."""
    stays = (
        is_coordinator(request.user)
        or Membership.objects.filter(user=request.user, city=city, role=Role.MANAGER).exists()
    )
    return redirect("cities:people", city.slug) if stays else redirect(city)
