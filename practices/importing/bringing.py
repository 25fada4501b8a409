"""Bringing a text: the form, and reading what was brought."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.forms import RichTextField

LONGEST_PASTE = 200_000


class SourceForm(forms.Form):
    """One of three: a file, pasted text, or the text of a publiccode.yml."""

    marks_optional = False

    file = forms.FileField(
        label=gettext_lazy("Word-Dokument oder publiccode.yml"),
        help_text=gettext_lazy("Eine Datei, die auf .docx oder .yml endet, bis zu 20 MB."),
        required=False,
        max_length=200,
        allow_empty_file=True,  # says so itself
        widget=forms.FileInput(attrs={"accept": ".docx,.yml,.yaml"}),
        error_messages={
            "max_length": gettext_lazy("Der Name der Datei ist zu lang; höchstens 200 Zeichen sind möglich.")
        },
    )
    text = RichTextField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "In Word alles markieren, kopieren und hier einfügen. Bilder kommen nur mit der Datei mit."
        ),
        required=False,
        max_length=LONGEST_PASTE,
    )
    publiccode = forms.CharField(
        label=gettext_lazy("Inhalt der publiccode.yml"),
        help_text=gettext_lazy("Wir rufen keine Adressen daraus ab."),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "off", "class": "source"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = self.given
        if not given and not self.errors:
            self.add_error("file", _("Bitte wählen Sie eine Datei oder fügen Sie Text ein."))
        if len(given) > 1:
            self.add_error(given[-1], _("Bitte nur eines auf einmal: eine Datei oder eingefügten Text."))
        return cleaned

    @property
    def given(self) -> list[str]:
        return [name for name in ("file", "text", "publiccode") if self.cleaned_data.get(name)]

    @property
    def source(self) -> str:
        """The field that the valid form was filled in."""
        return self.given[0]
