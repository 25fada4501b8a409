"""Self-service for data protection: take one's data along, leave the portal."""

from __future__ import annotations

import json

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.privacy import actions
from accounts.privacy.reading import everything_of
from accounts.requests import MemberRequest


@require_safe
def my_data(request: MemberRequest) -> HttpResponse:
    """The page that explains what can be done."""
    return render(request, "accounts/my_data.html", {"objections": actions.objections(request.user)})


@require_safe
@reauthentication_required
def export(request: MemberRequest) -> HttpResponse:
    """Everything the portal holds of this person, as JSON (Art. 15 and 20 DSGVO)."""
    content = everything_of(request.user)
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"meine-daten-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@reauthentication_required
def delete_account(request: MemberRequest) -> HttpResponse:
    """One's own account."""
    person = request.user
    if request.method == "POST":
        try:
            actions.erase(person=person, by=person)
        except actions.NotYetError as error:
            messages.error(request, str(error))
            return redirect("accounts:my_data")
        logout(request)
        messages.success(request, _("Ihr Konto ist gelöscht. Danke für alles, was Sie geteilt haben."))
        return redirect("home")
    return _confirm(request, person)


@require_http_methods(["GET", "POST"])
def delete_person(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody else's account, by the coordination."""
    if not request.user.is_coordinator:
        raise PermissionDenied
    return _delete_person(request, pk)


@reauthentication_required
def _delete_person(request: MemberRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk, erased_at=None)
    if person == request.user:
        return redirect("accounts:delete")
    if request.method == "POST":
        name = str(person)
        try:
            actions.erase(person=person, by=request.user)
        except actions.NotYetError as error:
            messages.error(request, str(error))
            return redirect("accounts:delete_person", person.pk)
        messages.success(request, _("Das Konto von %(name)s ist gelöscht.") % {"name": name})
        return redirect("desk")
    return _confirm(request, person)


def _confirm(request: MemberRequest, person: User) -> HttpResponse:
    context = {
        "person": person,
        "is_oneself": person == request.user,
        "objections": actions.objections(person),
    }
    return render(request, "accounts/delete.html", context)
