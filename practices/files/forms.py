"""Uploading a file and saying what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from practices.files.checking import Checked, check
from practices.files.kinds import ACCEPT, ALLOWED
from practices.models import Attachment
from ui.forms import VersionedModelForm


class UploadField(forms.FileField):
    """A file that may be stored; its value is what `practices.files.checking.check` gives."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})
    default_error_messages = {
        "required": _("Bitte wählen Sie eine Datei."),
        "empty": _("Die Datei ist leer."),
        "missing": _("Bitte wählen Sie eine Datei."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Datei"))
        options.setdefault("help_text", ALLOWED + " " + _("Bis zu 50 MB."))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        upload: UploadedFile | None = super().clean(data, initial)
        return check(upload) if upload else None


class DescriptionForm(VersionedModelForm):
    """What a file is called on the page and what its picture shows."""

    class Meta:
        model = Attachment
        fields = ["title", "alt_text"]
        labels = {"title": _("Titel"), "alt_text": _("Was ist auf dem Bild zu sehen?")}
        help_texts = {
            "title": _("So heißt die Datei auf der Seite, zum Beispiel „Dienstvereinbarung mobile Arbeit“."),
            "alt_text": _("Nur für Bilder: ein Satz für Menschen, die das Bild nicht sehen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.is_picture:
            del self.fields["alt_text"]


class AttachmentForm(DescriptionForm):
    """A new file."""

    upload = UploadField()
    field_order = ["upload", "title", "alt_text"]
