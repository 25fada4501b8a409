"""Invitations without an answer, of all cities: on the desk and as a list of their own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from cities.models import Invitation
from cities.people.coordination import require_coordinator
from cities.people.states import said_of
from cities.people.views import resend, withdraw
from cities.querysets import InvitationQuerySet
from search.paging import Page, offset_of
from ui.desk import Deed, Group, Task, back_to_desk, way_back

PAGE_SIZE = 50


def unanswered() -> InvitationQuerySet:
    """Open and expired ones; those first that ran out longest ago."""
    return Invitation.objects.unanswered().order_by("expires_at", "pk")


def task_of(invitation: Invitation) -> Task:
    """What can be done about an invitation."""
    can_send = invitation.city is None or invitation.city.is_in_network
    again = Deed(
        _("Erneut senden"),
        reverse("send_invitation_again", args=[invitation.pk]),
        posts=True,
        icon="autorenew",
    )
    withdrawal = Deed(_("Zurückziehen …"), reverse("withdraw_invitation", args=[invitation.pk]), returns=True)
    return Task(
        title=invitation.email,
        preline=f"{invitation.city or _('Koordination')} · {said_of(invitation)}",
        note=_("eingeladen von %(name)s") % {"name": invitation.invited_by} if invitation.invited_by else "",
        deeds=[again, withdrawal] if can_send else [withdrawal],
    )


UNANSWERED = Group(
    "invitations",
    22,
    gettext_lazy("Einladungen ohne Antwort"),
    unanswered,
    (
        *("email", "expires_at", "accepted_at", "revoked_at"),
        *("city__name", "city__status", "invited_by__name", "invited_by__email"),
    ),
    task_of,
    nothing=gettext_lazy("Auf keine Einladung fehlt die Antwort."),
    all_url=reverse_lazy("invitations"),
    all_label=gettext_lazy("Alle ansehen"),
    one=gettext_lazy("Einladung ohne Antwort"),
)


@require_safe
def invitations(request: MemberRequest) -> HttpResponse:
    require_coordinator(request)
    waiting = unanswered().select_related("city", "invited_by")
    start = offset_of(request.GET, PAGE_SIZE)
    rows = waiting[start : start + PAGE_SIZE]
    return render(
        request,
        "cities/people/invitations.html",
        {
            "tasks": [task_of(invitation) for invitation in rows],
            "page": Page.at_offset(start, PAGE_SIZE, waiting.count()),
        },
    )


def _invitation(request: MemberRequest, pk: int) -> Invitation:
    require_coordinator(request)
    rows = Invitation.objects.unanswered().select_related("city")
    return get_object_or_404(rows, pk=pk)


@require_POST
def send_again(request: MemberRequest, pk: int) -> HttpResponse:
    return resend(request, _invitation(request, pk), back_to_desk(request, "invitations"))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_one(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks first: the link in the mail is dead at once."""
    invitation = _invitation(request, pk)
    if request.method == "POST":
        return withdraw(request, invitation, back_to_desk(request, "invitations"))
    shown = {"invitation": invitation, "back_url": way_back(request, "invitations")}
    return render(request, "cities/people/withdraw.html", shown)
