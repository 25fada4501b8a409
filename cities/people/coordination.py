"""The people of the coordination itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from cities.models import Invitation
from cities.people import actions
from cities.people.forms import ALREADY_INVITED, InviteCoordinatorForm
from cities.people.states import is_open, said_of
from cities.people.views import resend, withdraw
from cities.permissions import is_coordinator

MOST_WITHOUT_CITY = 50


def require_coordinator(request: MemberRequest) -> None:
    if not is_coordinator(request.user):
        raise PermissionDenied


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    require_coordinator(request)
    invitations = Invitation.objects.unanswered().filter(as_coordinator=True).select_related("invited_by")
    return render(
        request,
        "cities/people/coordinators.html",
        {
            "coordinators": User.objects.filter(is_coordinator=True, is_active=True).order_by("name", "pk"),
            "invitations": [
                (invitation, is_open(invitation), said_of(invitation)) for invitation in invitations
            ],
            "without_city": User.objects.filter(
                is_coordinator=False, memberships=None, erased_at=None
            ).order_by("name", "pk")[:MOST_WITHOUT_CITY],
        },
    )


@require_http_methods(["GET", "POST"])
def invite(request: MemberRequest) -> HttpResponse:
    require_coordinator(request)
    form = InviteCoordinatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.invite(email=email, city=None, role=None, as_coordinator=True, by=request.user)
        except actions.AlreadyInvitedError:
            form.add_error("email", ALREADY_INVITED)
        else:
            messages.success(request, _("Die Einladung an %(email)s ist unterwegs.") % {"email": email})
            return redirect("coordinators")
    return render(request, "cities/people/invite_coordinator.html", {"form": form})


@require_POST
def invite_again(request: MemberRequest, pk: int) -> HttpResponse:
    require_coordinator(request)
    invitation = get_object_or_404(Invitation.objects.unanswered(), as_coordinator=True, pk=pk)
    return resend(request, invitation, redirect("coordinators"))


@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    require_coordinator(request)
    invitation = get_object_or_404(Invitation.objects.unanswered(), as_coordinator=True, pk=pk)
    return withdraw(request, invitation, redirect("coordinators"))


@require_http_methods(["GET", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    require_coordinator(request)
    person = get_object_or_404(User, is_coordinator=True, pk=pk)
    if request.method == "POST":
        try:
            actions.leave_coordination(person=person, by=request.user)
        except actions.LastCoordinatorError:
            messages.error(request, _("Das muss jemand anderes aus der Koordination tun."))
        else:
            messages.success(request, _("%(name)s gehört nicht mehr zur Koordination.") % {"name": person})
        return redirect("coordinators")
    return render(
        request,
        "cities/people/remove_coordinator.html",
        {"person": person, "is_oneself": person == request.user},
    )
