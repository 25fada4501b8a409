"""„Stadt fragen“, and what the coordination does with questions to cities that stay unnamed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from practices.contacting import actions
from practices.contacting.permissions import can_ask, can_pass_on
from practices.enums import Visibility
from practices.forms import AnswerForm, QuestionForm
from practices.models import ContactRequest
from practices.permissions import can_see_city
from practices.views.pages import practice_for
from ui.desk import back_to_desk

TOO_MANY = gettext_lazy("Sie haben heute schon sehr viele Fragen geschickt. Bitte warten Sie bis morgen.")
NO_CONTACT = gettext_lazy(
    "Der anonyme Beitrag nennt keine Ansprechstelle. Bitte sprechen Sie mit der Stadt und antworten Sie dann "
    "hier; an ihr allgemeines Postfach geht nichts, damit niemand davon erfährt."
)
TOO_LATE = gettext_lazy("Das hat inzwischen jemand anderes erledigt.")


@require_http_methods(["GET", "HEAD", "POST"])
def ask_city(request: MemberRequest, pk: int) -> HttpResponseBase:
    practice = practice_for(request.user, pk)
    if not can_ask(request.user, practice):
        raise PermissionDenied
    form = QuestionForm(request.POST if request.method == "POST" else None)
    is_anonymous = practice.visibility == Visibility.ANONYMOUS
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(practice=practice, by=request.user, **form.cleaned_data)
        except actions.TooManyError:
            form.add_error("text", TOO_MANY)
        else:
            messages.success(
                request,
                _("Ihre Frage liegt bei der Koordination. Sie gibt sie an die Stadt weiter.")
                if is_anonymous
                else _("Ihre Frage ist unterwegs. Eine Kopie geht an Sie."),
            )
            return redirect(practice)
    context = {
        "practice": practice,
        "form": form,
        "city": practice.city if can_see_city(request.user, practice) else None,
        "is_anonymous": is_anonymous,
    }
    return render(request, "practices/contacting/ask.html", context, status=422 if form.errors else 200)


def _request(request: MemberRequest, pk: int) -> ContactRequest:
    if not can_pass_on(request.user):
        raise PermissionDenied
    rows = ContactRequest.objects.select_related("practice__city", "sender")
    return get_object_or_404(rows.to_pass_on(), pk=pk)


@require_POST
def pass_on(request: MemberRequest, pk: int) -> HttpResponse:
    try:
        actions.pass_on(request=_request(request, pk), by=request.user)
    except actions.NotWaitingError:
        messages.warning(request, TOO_LATE)
    except actions.NoContactError:
        messages.warning(request, NO_CONTACT)
    else:
        messages.success(request, _("Weitergegeben. Die Antwort der Stadt kommt zur Koordination."))
    return back_to_desk(request)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    question = _request(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(request=question, text=form.cleaned_data["text"], by=request.user)
        except actions.NotWaitingError:
            messages.warning(request, TOO_LATE)
        else:
            messages.success(request, _("Die Antwort ist unterwegs."))
        return back_to_desk(request)
    context = {"question": question, "form": form}
    return render(request, "practices/contacting/answer.html", context, status=422 if form.errors else 200)
