"""A question to the city behind a write-up, and what the coordination answers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """`key` makes one message of a form that is sent twice."""

    text = forms.CharField(
        label=_("Ihre Nachricht"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Bitte schreiben Sie, was Sie wissen möchten.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Antwort"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Nennen Sie nichts, was die Stadt verrät. Die Antwort geht per Mail an die fragende Person."
        ),
        error_messages={"required": _("Bitte schreiben Sie die Antwort.")},
    )
