"""Giving an opinion on another city's write-up, revising it and taking it back."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from practices.forms import OpinionForm
from practices.models import Practice, Review
from practices.reviews import actions
from practices.reviews.permissions import can_review
from practices.views.pages import practice_for

NOT_YOU = gettext_lazy(
    "Meinungen geben die Koordination und Städte ab, die an einem Thema des Beitrags arbeiten – "
    "nie die eigene Stadt."
)


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: MemberRequest, pk: int) -> HttpResponseBase:
    practice = practice_for(request.user, pk)
    if not can_review(request.user, practice):
        raise PermissionDenied(NOT_YOU)
    own = Review.objects.given().filter(practice=practice, author=request.user).first()
    form = OpinionForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(practice=practice, opinion=form.opinion, by=request.user)
        except actions.NotOpenError:
            messages.warning(request, _("Der Beitrag ist inzwischen nicht mehr veröffentlicht."))
        else:
            messages.success(request, _("Danke! Ihre Meinung steht beim Beitrag."))
        return _to_opinions(practice)
    status = 422 if form.errors else 200
    context = {"practice": practice, "form": form, "own": own}
    return render(request, "practices/opinion.html", context, status=status)


@require_POST
def withdraw_opinion(request: MemberRequest, pk: int) -> HttpResponse:
    practice = practice_for(request.user, pk)
    own = get_object_or_404(Review.objects.given(), practice=practice, author=request.user)
    with suppress(actions.NotOpenError):  # pressed twice: it is withdrawn
        actions.withdraw(review=own, by=request.user)
    messages.success(request, _("Ihre Meinung ist zurückgezogen."))
    return _to_opinions(practice)


def _to_opinions(practice: Practice) -> HttpResponse:
    return redirect(f"{practice.get_absolute_url()}#meinungen")
