"""The coordination brings the adopter and an anonymous city together, once that one has agreed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from practices.adoption import actions
from practices.adoption.contacts import recipient_of
from practices.contacting.mails import contact_of
from practices.enums import Visibility
from practices.models import Adoption
from ui.desk import back_to_desk


class ConnectForm(forms.Form):
    """Nobody is brought together who does not want it."""

    agreed = forms.BooleanField(
        label=gettext_lazy("Die Stadt, die geschrieben hat, ist damit einverstanden."),
        error_messages={"required": gettext_lazy("Ohne ihr Einverständnis bringen wir niemanden zusammen.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: MemberRequest, pk: int) -> HttpResponseBase:
    if not is_coordinator(request.user):
        raise PermissionDenied
    anonymous = Adoption.objects.filter(practice__visibility=Visibility.ANONYMOUS)
    related = anonymous.for_page().select_related("practice__contact_user")
    adoption = get_object_or_404(related, pk=pk)
    if adoption.connected_on or adoption.withdrawn_at:
        messages.info(request, _("Hier ist niemand mehr zusammenzubringen."))
        return redirect(adoption)
    form = ConnectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.connect(adoption=adoption, by=request.user)
        except actions.WithdrawnError:
            form.add_error(None, _("Diese Übernahme wurde inzwischen zurückgezogen."))
        except actions.NoContactError:
            form.add_error(None, _("Der Beitrag nennt niemanden, an den eine Mail gehen könnte."))
        else:
            messages.success(request, _("Beide haben eine Mail mit der Ansprechstelle der anderen Stadt."))
            return back_to_desk(request, adoption)
    practice = adoption.practice
    context = {
        "form": form,
        "adoption": adoption,
        "practice": practice,
        "author_email": contact_of(practice) if practice else "",
        "adopter_email": recipient_of(adoption, with_office=False)[0],
    }
    return render(request, "practices/adoption/connect.html", context, status=422 if form.errors else 200)
