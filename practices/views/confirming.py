"""„Stimmt das noch?“: the page behind the link in the mail. Looking at it changes nothing."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from practices.actions import StepNotPossibleError
from practices.confirming import answers, rounds
from practices.enums import Answer, AskLevel, Status
from practices.models import ConfirmationAsk
from practices.permissions import can_confirm, can_edit
from practices.profile import box_sections


def _office(ask: ConfirmationAsk) -> str:
    """What somebody without an account is called."""
    practice = ask.round.practice
    names = {AskLevel.CONTACT: practice.contact_name, AskLevel.DEPUTY: practice.deputy_name}
    return names.get(AskLevel(ask.level), "")


@login_not_required  # contacts are addresses, with or without an account
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    ask = answers.ask_of(token)
    if ask is None:
        raise Http404
    practice = ask.round.practice
    person = request.user if isinstance(request.user, User) and can_confirm(request.user, practice) else None
    if person is None and not rounds.still_answers(ask):
        # What the network shares is no longer for whoever has this link.
        return render(request, "practices/confirming/no_longer_asked.html", status=410)
    if request.method == "POST":
        with suppress(answers.NoLongerAskedError, StepNotPossibleError):  # the page says what became of it
            answers.confirm_by_link(ask=ask, by=person)
            messages.success(request, _("Danke! Der Beitrag gilt als heute bestätigt."))
        return redirect("practices:still_true", token)
    is_published = practice.status == Status.PUBLISHED
    return render(
        request,
        "practices/confirming/still_true.html",
        {
            "ask": ask,
            "practice": practice,
            "boxes": box_sections(practice),
            "is_open": answers.is_open(ask) and is_published,
            "is_confirmed": ask.round.answer == Answer.CONFIRMED,
            "is_published": is_published,
            "answers_as": person or ask.person or _office(ask),
            "can_edit": can_edit(request.user, practice),
        },
    )
