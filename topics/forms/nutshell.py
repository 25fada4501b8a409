"""What a topic is about, in the words of the city that leads it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from topics.models import Topic
from ui.forms import RichTextField, VersionedModelForm


class NutshellForm(VersionedModelForm):
    """The two texts at the top of a topic's page; name, place and synonyms are the coordination's."""

    description = RichTextField(
        label=gettext_lazy("Darum geht es"),
        required=False,
        max_length=8_000,
        help_text=gettext_lazy(
            "Womit fängt eine Stadt an, was hat sich bewährt, worauf kommt es an? Drei Absätze genügen."
        ),
    )

    class Meta:
        model = Topic
        fields = ["summary", "description"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
