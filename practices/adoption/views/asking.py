"""Asking several cities that take over the same write-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from cities.permissions import is_member
from practices.adoption import questions
from practices.contacting.actions import TooManyError
from practices.forms import QuestionForm
from practices.models import Adoption, Practice
from practices.views.contacting import TOO_MANY


class AdoptersField(forms.ModelMultipleChoiceField):
    """Cities with how far they are."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.city.name} ({obj.get_stage_display()})"


class AdoptersQuestionForm(QuestionForm):
    """A message to those who are ticked; at first all."""

    def __init__(self, data: Any = None, *, askable: Any) -> None:
        super().__init__(data)
        self.fields["cities"] = AdoptersField(
            queryset=askable,
            label=gettext_lazy("An welche Städte?"),
            initial=list(askable)[: questions.MOST_AT_ONCE],
            error_messages={"required": gettext_lazy("Bitte wählen Sie mindestens eine Stadt.")},
        )
        self.order_fields(["cities", "text", "key"])

    def clean_cities(self) -> list[Adoption]:
        chosen = list(self.cleaned_data["cities"])
        if len(chosen) > questions.MOST_AT_ONCE:
            message = _("Bitte höchstens %(most)d Städte auf einmal.")
            raise forms.ValidationError(message % {"most": questions.MOST_AT_ONCE})
        return chosen


@require_http_methods(["GET", "HEAD", "POST"])
def ask_adopters(request: MemberRequest, pk: int) -> HttpResponseBase:
    practices = Practice.objects.visible_to(request.user).select_related("city")
    practice = get_object_or_404(practices, pk=pk)
    if not is_member(request.user):
        raise PermissionDenied
    askable = questions.askable(practice, request.user)
    if not askable.exists():
        messages.info(request, _("Hier ist gerade keine Stadt, die Sie fragen könnten."))
        return redirect(practice)
    is_hidden = questions.would_betray(practice, request.user)
    form = AdoptersQuestionForm(request.POST if request.method == "POST" else None, askable=askable)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            questions.ask(
                practice=practice,
                adoptions=given["cities"],
                text=given["text"],
                key=given["key"],
                by=request.user,
            )
        except TooManyError:
            form.add_error("text", TOO_MANY)
        else:
            messages.success(
                request,
                _("Ihre Frage liegt bei der Koordination. Sie gibt sie weiter, ohne Ihre Stadt zu nennen.")
                if is_hidden
                else _("Ihre Frage ist unterwegs. Eine Kopie geht an Sie."),
            )
            return redirect(practice)
    context = {"practice": practice, "form": form, "is_hidden": is_hidden}
    status = 422 if form.errors else 200
    return render(request, "practices/adoption/ask_adopters.html", context, status=status)
