"""A person's own account; what allauth offers there is wired up in `login_urls`."""

from copy import copy

from allauth.account.internal.flows.logout import logout
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import edit_webauthn, remove_webauthn
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.browsers import browser_name
from accounts.forms import ProfileForm
from accounts.permissions import can_remove_factor, has_second_factor, needs_second_factor
from accounts.requests import MemberRequest


@require_http_methods(["GET", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    # On a copy: the page's header shows what is stored, not what was typed.
    form = ProfileForm(request.POST or None, instance=copy(request.user))
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language):
            messages.success(request, _("Ihre Angaben sind gespeichert."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@require_safe
def welcome(request: MemberRequest) -> HttpResponse:
    """The step after an accepted invitation: safer and quicker ways to log in."""
    return render(
        request,
        "accounts/welcome.html",
        {
            "must_have_second_factor": needs_second_factor(request.user),
            "has_second_factor": has_second_factor(request.user),
        },
    )


@require_safe
@login_not_required
def invitation_only(request: HttpRequest) -> HttpResponse:
    """Where others have a page for signing up."""
    return render(request, "accounts/invitation_only.html")


@require_http_methods(["GET", "POST"])
def sessions(request: MemberRequest) -> HttpResponse:
    """Where this person is logged in; a POST ends all of it but here."""
    if request.method == "POST":
        for session in UserSession.objects.filter(user=request.user):
            if not session.is_current():
                session.end()
        messages.success(request, _("Überall sonst sind Sie jetzt abgemeldet."))
        return redirect("usersessions_list")
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = [
        {"session": session, "browser": browser_name(session.user_agent), "is_current": session.is_current()}
        for session in UserSession.objects.filter(user=request.user, session_key__in=alive).order_by(
            "-created_at"
        )[:50]
    ]
    return render(request, "usersessions/usersession_list.html", {"rows": rows})


@require_POST
def end_session(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    is_current = session.is_current()
    session.end()
    if is_current:
        logout(request)
        return redirect("home")
    messages.success(request, _("Die Sitzung ist beendet."))
    return redirect("usersessions_list")


def _own_passkey(request: MemberRequest, pk: int) -> Authenticator:
    return get_object_or_404(Authenticator, user=request.user, pk=pk, type=Authenticator.Type.WEBAUTHN)


@require_http_methods(["GET", "POST"])
def rename_passkey(request: MemberRequest, pk: int) -> HttpResponseBase:
    """allauth's page; of others' passkeys it says nothing, where allauth first asks for a password."""
    _own_passkey(request, pk)
    return edit_webauthn(request, pk=pk)


@require_http_methods(["GET", "POST"])
def remove_passkey(request: MemberRequest, pk: int) -> HttpResponseBase:
    """allauth's page, closed to those whose last second factor this is."""
    if not can_remove_factor(_own_passkey(request, pk)):
        messages.error(request, _("Richten Sie zuerst einen anderen zweiten Faktor ein."))
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)
