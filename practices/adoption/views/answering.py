"""The page behind the link in a mail that asks to confirm. Looking at it changes nothing."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from practices.adoption import actions, asks
from practices.adoption.changes import reason_for
from practices.adoption.numbers import lines_of
from practices.adoption.permissions import can_confirm, can_confirm_for
from practices.adoption.reading import kicker_of, subject_of, trust_in
from practices.adoption.views.access import CHANGED, seen_version
from practices.models import Adoption, AdoptionAsk
from practices.partial_dates import display


def _answers_as(request: HttpRequest, ask: AdoptionAsk) -> User | None:
    """Who confirms: whoever is logged in and may, else the person who was asked and still may."""
    for person in (request.user, ask.person):
        if isinstance(person, User) and person.is_active and can_confirm(person, ask.adoption):
            return person
    return None


def _confirm(request: HttpRequest, adoption: Adoption, person: User) -> None:
    adoption.version = seen_version(request)
    with suppress(actions.WithdrawnError):  # the page says what became of it
        try:
            actions.confirm(adoption=adoption, by=person)
        except actions.ChangedMeanwhileError:
            messages.warning(request, CHANGED)
        else:
            messages.success(request, _("Danke! Die Übernahme ist bestätigt."))


@login_not_required  # the link is enough for the person to whom it was sent
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    ask = asks.ask_of(token)
    if ask is None:
        raise Http404
    adoption, person, is_open = ask.adoption, _answers_as(request, ask), asks.is_open(ask)
    if request.method == "POST":
        if person and is_open:
            _confirm(request, adoption, person)
        return redirect("adoption:answer", token)
    reader = person or request.user
    is_shown = is_open and person is not None
    context = {
        "adoption": adoption,
        "subject": subject_of(adoption, reader) if is_shown else None,
        "kicker": kicker_of(adoption),
        "since": display(adoption.since),
        "trust": trust_in(adoption),
        "numbers": lines_of(adoption) if is_shown else [],
        "reason": reason_for(adoption) if is_shown else None,
        "is_open": is_open,
        "changed": CHANGED
        if request.GET.get("stand", str(adoption.version)) != str(adoption.version)
        else "",
        "person": person,
        "is_own_word": person is not None and adoption.confirmed_by_id == person.pk,
        "is_confirmed": adoption.confirmed_on is not None and not adoption.is_overdue,
        "can_edit": can_confirm_for(request.user, adoption.city_id),
    }
    return render(request, "practices/adoption/answer.html", context)
