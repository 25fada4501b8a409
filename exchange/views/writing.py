"""Asking the network, changing what was asked, and saying how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from exchange import actions
from exchange.actions import AlreadyAskedError, HasAnswersError
from exchange.enums import RequestState
from exchange.forms import NewRequestForm, RequestForm, StateForm
from exchange.mails import Told
from exchange.models import Answer, Request
from exchange.permissions import can_ask
from exchange.reading import known_answers
from exchange.views.access import editable
from ui.desk import back_to_desk, way_back

if TYPE_CHECKING:
    from practices.cards import Card

REFUSED = 422
SEEN = "gesehen"  # keys of the write-ups that the page has shown


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponseBase:
    """A new request; `titel`, `thema` and `suche` of the address tell what is known already.

    Before it is out, whoever asks has seen the write-ups that may answer it.
    """
    if not can_ask(request.user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    if request.method != "POST":
        given = {name: request.GET.get(name, "").replace("\x00", "") for name in ("titel", "thema", "suche")}
        form = NewRequestForm(user=request.user)
        form.offer(title=given["titel"], topic=given["thema"], miss=given["suche"])
        return _new_page(request, form, known=known_answers(given["titel"], request.user))
    if before := _asked_before(request):
        return redirect(before)
    form = NewRequestForm(request.POST, user=request.user)
    if not form.is_valid():
        title = str(form.data.get("title", ""))
        return _new_page(request, form, known=known_answers(title, request.user))
    known = known_answers(form.cleaned_data["title"], request.user)
    if not {str(card.pk) for card in known} <= set(request.POST.get(SEEN, "").split()):
        return _new_page(request, form, known=known, is_held=True)
    made = form.save(commit=False)
    made.creation_key = form.cleaned_data["key"]
    # What was searched in vain is on a list of the coordination.
    miss = form.cleaned_data["suche"] if is_coordinator(request.user) else ""
    try:
        told = actions.ask(request=made, by=request.user, miss=miss)
    except AlreadyAskedError:  # the other sending of the same form was quicker
        return redirect(_asked_before(request) or "exchange:list")
    published = _("Ihr Gesuch ist veröffentlicht.")
    messages.success(request, f"{published} {_who_hears(told)}")
    return back_to_desk(request, made) if is_coordinator(request.user) else redirect(made)


@require_safe
def known(request: MemberRequest) -> HttpResponse:
    """Write-ups that may answer what is being typed, as the piece of the page that the form swaps."""
    if not can_ask(request.user):
        raise PermissionDenied
    context = {"known": known_answers(request.GET.get("title", ""), request.user), "is_held": False}
    return render(request, "exchange/known.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponseBase:
    with transaction.atomic():
        found = editable(request, pk)
        form = RequestForm(request.POST if request.method == "POST" else None, instance=found)
        if request.method == "POST" and form.is_valid():
            form.claim()
            actions.save(request=form.save(commit=False), by=request.user, fields=form.changed_names)
            messages.success(request, _("Gespeichert."))
            return redirect(found)
        stored = Request.objects.get(pk=pk)
    return _page(request, "exchange/edit.html", stored, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: MemberRequest, pk: int) -> HttpResponseBase:
    """How it stands: open, in talks, solved and by what, or not sought any more and why.

    `stand` of the address is what somebody came to say.
    """
    with transaction.atomic():
        found = editable(request, pk)
        answers: list[Answer] = list(found.answers.for_page())
        form = StateForm(request.POST if request.method == "POST" else None, instance=found, answers=answers)
        if request.method == "POST" and form.is_valid():
            form.claim()
            actions.settle(
                request=form.save(commit=False),
                by=request.user,
                fields=form.saved_names,
                helped=form.cleaned_data.get("helped", ()),
            )
            if not found.is_settled:  # else the page says so on top
                messages.success(request, _("Gespeichert: %(state)s.") % {"state": found.get_state_display()})
            return redirect(found)
        if request.GET.get("stand") in RequestState.values:
            form.initial["state"] = request.GET["stand"]
        stored = Request.objects.get(pk=pk)
    return _page(request, "exchange/state.html", stored, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Asks first. What somebody has answered stays; it can be closed."""
    found = editable(request, pk)
    if request.method == "POST":
        try:
            actions.withdraw(request=found, by=request.user)
        except HasAnswersError:
            messages.error(
                request, _("Inzwischen hat jemand geantwortet. Sagen Sie stattdessen, wie es steht.")
            )
            return redirect("exchange:state", found.pk)
        messages.success(request, _("Das Gesuch „%(title)s“ ist zurückgezogen.") % {"title": found})
        return redirect("exchange:list")
    return _page(request, "exchange/withdraw.html", found, is_answered=found.answers.exists())


def _who_hears(told: Told) -> str:
    if told.cities:
        cities = ", ".join(told.cities)
        return _("Wer für das Thema spricht, bekommt eine E-Mail: %(cities)s.") % {"cities": cities}
    if told.coordination:
        return _("Für das Thema ist keine andere Stadt zu erreichen; die Koordination bekommt eine E-Mail.")
    return _("Für das Thema ist keine andere Stadt zu erreichen; eine E-Mail bekommt niemand.")


def _asked_before(request: MemberRequest) -> Request | None:
    """The request that an earlier sending of the same form has made."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Request.objects.filter(creation_key=key, asked_by=request.user).first()


def _new_page(
    request: MemberRequest, form: NewRequestForm, *, known: list[Card], is_held: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "is_held": is_held,
        "back_url": way_back(request, "exchange:list"),
    }
    return render(request, "exchange/new.html", context, status=REFUSED if form.errors else 200)


def _page(request: MemberRequest, template: str, shown: Request, **more: Any) -> HttpResponse:
    form = more.get("form")
    context = {"asked": shown, **more}
    return render(request, template, context, status=REFUSED if form and form.errors else 200)
