"""The page behind the link of an invitation."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from cities.models import Invitation
from cities.people import actions
from cities.people.forms import NewPersonForm
from cities.people.states import InvitationState, state_of


@login_not_required  # who holds the link has no account yet
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """New people make an account, known ones log in and accept with one button."""
    found = (
        Invitation.objects.select_related("city", "invited_by")
        .filter(token_hash=actions.hash_of(token))
        .first()
    )
    if found is None or state_of(found) != InvitationState.OPEN:
        return _closed(request, found)
    if request.user.is_authenticated:
        if request.user.email != found.email:
            return _page(request, found, "cities/people/invitation_of_another.html")
        return _accept(request, request.user, found, token)
    if User.objects.filter(email=found.email).exists():
        return _page(request, found, "cities/people/invitation_log_in.html")
    return _accept_as_new_person(request, found, token)


def _accept(request: HttpRequest, person: User, found: Invitation, token: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, "cities/people/invitation_accept.html")
    try:
        actions.accept(token=token, by=person)
    except actions.NoLongerValidError:
        return redirect("invitation", token)
    messages.success(request, _("Sie haben die Einladung angenommen."))
    return redirect(found.city) if found.city else redirect("desk")


def _accept_as_new_person(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, "cities/people/invitation_new_person.html", form=form)
    try:
        person, _invitation = actions.accept_as_new_person(
            token=token, language=get_language() or "de", **form.cleaned_data
        )
    except actions.NoLongerValidError:
        return redirect("invitation", token)
    response = perform_login(request, person, email=person.email, redirect_url=reverse("accounts:welcome"))
    reauthenticate_by_password(request)  # typed a moment ago: the next page need not ask for it again
    return response


def _page(
    request: HttpRequest, found: Invitation, template: str, form: NewPersonForm | None = None
) -> HttpResponse:
    return render(request, template, {"invitation": found, "form": form})


def _closed(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """Says what to do next, and nothing about whose invitation it was."""
    state = state_of(found) if found else None
    return render(
        request, "cities/people/invitation_closed.html", {"state": state}, status=410 if found else 404
    )
