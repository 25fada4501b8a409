"""Forms with which tags are kept in order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from practices.tagging.reading import used_tags
from topics.choosing import TopicField
from ui.forms import ListField

LONGEST = 100
MOST_AT_ONCE = 50


class TagFilterForm(forms.Form):
    marks_optional = False
    q = forms.CharField(
        label=gettext_lazy("Schlagwort suchen"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    sortierung = forms.ChoiceField(
        label=gettext_lazy("Sortieren"),
        required=False,
        choices=[("", gettext_lazy("die häufigsten zuerst")), ("name", gettext_lazy("nach dem Alphabet"))],
    )


class MergeForm(forms.Form):
    """Which tags become which one. A single tag with another name is a rename."""

    tags = forms.ModelMultipleChoiceField(
        Tag.objects.none(), label=gettext_lazy("Schlagwörter"), widget=forms.CheckboxSelectMultiple
    )
    target = forms.CharField(
        label=gettext_lazy("werden zu"),
        max_length=LONGEST,
        help_text=gettext_lazy("Ein vorhandenes Schlagwort oder ein neues. Kommas gehen nicht."),
    )
    keeps_words = forms.BooleanField(
        label=gettext_lazy("Bisherige Wörter als Synonyme behalten, damit die Suche sie weiter findet"),
        required=False,
        initial=True,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["tags"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101
        chosen = data.getlist("tags") if data is not None else (self.initial.get("tags") or [])
        keys = [int(key) for key in map(str, chosen) if key.isdecimal() and len(key) < 10]
        field.queryset = used_tags().filter(pk__in=keys[:MOST_AT_ONCE])

    def clean_target(self) -> str:
        target = " ".join(self.cleaned_data["target"].split())
        if "," in target or '"' in target:
            raise ValidationError(_("Ein Schlagwort hat keine Kommas und Anführungszeichen."), code="comma")
        if not any(sign.isalnum() for sign in target):
            raise ValidationError(_("Ein Schlagwort braucht Buchstaben oder Ziffern."), code="no_word")
        return target

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        tags, target = list(data.get("tags") or []), data.get("target", "")
        if target and len(tags) == 1 and tags[0].name == target:
            self.add_error("target", ValidationError(_("So heißt das Schlagwort schon."), code="same"))
        return data


class TopicOfTagForm(forms.Form):
    """The topic under which the write-ups of a tag shall stand."""

    topic = TopicField(
        help_text=gettext_lazy("Fehlt es noch auf der Themenkarte, legen Sie es dort zuerst an.")
    )


class WordsForm(forms.Form):
    words = ListField(label=gettext_lazy("Andere Wörter dafür"), required=False, max_items=20)

    def clean_words(self) -> list[str]:
        words: list[str] = self.cleaned_data["words"]
        for word in words:
            if not any(sign.isalnum() for sign in word):
                raise ValidationError(_("„%(term)s“ ist kein Wort.") % {"term": word[:40]}, code="no_word")
        return words
