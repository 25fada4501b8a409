"""Which kinds of mail a person wants to get."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from notifications.kinds import kinds


class MailChoiceForm(forms.Form):
    """A box for each kind that can be switched off; ticked means „I want these“."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Schicken Sie mir"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, person: User) -> None:
        self.person = person
        self.optional = [kind for kind in kinds() if kind.is_optional]
        super().__init__(data, initial={"wanted": [k.code for k in self.optional if self._wants(k.code)]})
        self.fields["wanted"].choices = [(kind.code, kind.label) for kind in self.optional]  # type: ignore[attr-defined]

    def _wants(self, code: str) -> bool:
        return code not in self.person.muted_mails

    def save(self) -> None:
        wanted = self.cleaned_data["wanted"]
        self.person.muted_mails = [kind.code for kind in self.optional if kind.code not in wanted]
        self.person.save(update_fields=["muted_mails"])


@require_http_methods(["GET", "POST"])
def choose_mails(request: MemberRequest) -> HttpResponse:
    form = MailChoiceForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Ihre Auswahl ist gespeichert."))
        return redirect("accounts:mails")
    always = [kind for kind in kinds() if not kind.is_optional]
    status = 422 if form.errors else 200
    return render(request, "accounts/mails.html", {"form": form, "always": always}, status=status)
