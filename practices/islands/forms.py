"""Forms for two write-ups that resemble one another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from topics.choosing import TopicField
from topics.tree import TopicTree

PROPOSAL = gettext_lazy(
    "Sie arbeiten beide an etwas Ähnlichem. Tauschen Sie sich bitte aus: Was ist gleich, was verschieden? "
    "Kann eine Stadt übernehmen, was die andere schon hat, oder machen Sie gemeinsam weiter?"
)


class BringTogetherForm(forms.Form):
    """What both cities get to read."""

    text = forms.CharField(
        label=gettext_lazy("Nachricht an beide Städte"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        initial=PROPOSAL,
        help_text=gettext_lazy(
            "Titel, Ansprechstelle und Adresse des anderen Beitrags stehen von selbst dabei."
        ),
    )
    topic = TopicField(
        label=gettext_lazy("Gemeinsames Thema vorschlagen"),
        required=False,
        empty_label=gettext_lazy("keines"),
    )
    links = forms.BooleanField(
        label=gettext_lazy("Beide Beiträge als verwandt verknüpfen"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, TopicField)  # noqa: S101  narrows the type
        topic.tree = TopicTree.load()


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Warum ist das kein Doppel?"),
        max_length=300,
        help_text=gettext_lazy("Das Paar erscheint danach nicht wieder."),
    )
