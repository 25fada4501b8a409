"""Answering a request, and changing or taking back an answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from exchange import actions
from exchange.actions import AnswerChangedError, AnswerGoneError, RequestGoneError, SettledError
from exchange.answering import FIND, AnswerForm
from exchange.permissions import can_answer
from exchange.reading import shown_cards
from exchange.views.access import changeable_answer, readable
from exchange.views.public import REFUSED, request_page


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The form stands on the page of the request; whoever comes here without one is led there."""
    found = readable(request, pk)
    if not can_answer(request.user):
        raise PermissionDenied(_("Antworten können die Städte des Netzwerks und die Koordination."))
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}#antworten")
    form = AnswerForm(request.POST, reader=request.user, request=found)
    if FIND in request.POST:
        form.hide_errors()
        return request_page(request, found, form)
    if form.is_valid():
        try:
            actions.answer(answer=form.made(), practices=form.cleaned_data["linked"], by=request.user)
        except RequestGoneError:
            raise Http404 from None
        except SettledError:
            form.add_error(
                None,
                _("Das Gesuch hat sich inzwischen erledigt. Ihr Text steht noch hier."),
            )
        else:
            messages.success(request, _("Danke. Wer gefragt hat, bekommt Ihre Antwort als E-Mail."))
            return redirect(found)
    return request_page(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = changeable_answer(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, reader=request.user, request=found.request, answer=found)
    if FIND in request.POST:
        form.hide_errors()
    elif form.is_valid():
        try:
            actions.change_answer(
                answer=form.made(),
                practices=form.cleaned_data["linked"],
                opened=form.cleaned_data["opened"],
                by=request.user,
            )
        except AnswerGoneError:
            form.add_error(None, _("Die Antwort wurde inzwischen entfernt. Ihr Text steht noch hier."))
        except AnswerChangedError as error:
            form.show_stored(error.stored)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(found.request)
    form.offer(shown_cards(form.candidates, request.user))
    context = {"asked": found.request, "answer": found, "form": form}
    return render(request, "exchange/change_answer.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks first."""
    found = changeable_answer(request, pk)
    if request.method != "POST":
        return render(request, "exchange/remove_answer.html", {"asked": found.request, "answer": found})
    actions.remove_answer(answer=found, by=request.user)
    messages.success(request, _("Die Antwort ist entfernt."))
    return redirect(found.request)
