"""Writing building blocks."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cities.choosing import CityField
from cities.models import City
from cities.permissions import can_write_for, city_ids_of, is_coordinator
from practices.blocks.choosing import BlockField
from practices.blocks.enums import BlockKind, Licence
from practices.files.forms import UploadField
from practices.models import BlockVersion, BuildingBlock, Practice
from topics.choosing import TopicField
from ui.forms import RichTextField, VersionedModelForm


class LinkField(forms.URLField):
    """An address that a browser opens."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": gettext_lazy("Bitte eine Adresse wie https://example.org angeben.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Link"))
        options.setdefault("help_text", gettext_lazy("Zum Beispiel zu einem Repository."))
        super().__init__(assume_scheme="https", max_length=500, required=False, **options)


class BlockForm(VersionedModelForm):
    """What a block is and what others may do with it."""

    description = RichTextField(
        label=gettext_lazy("Beschreibung"),
        required=False,
        help_text=gettext_lazy("Was ist drin, wofür ist es gedacht, was muss man anpassen?"),
    )
    topic = TopicField(label=gettext_lazy("Thema"))

    class Meta:
        model = BuildingBlock
        fields = [
            "title",
            "kind",
            "summary",
            "description",
            "topic",
            "licence",
            "licence_note",
            "visibility",
        ]
        help_texts = {
            "title": gettext_lazy("Zum Beispiel „Leistungsbeschreibung für ein Beteiligungsportal“."),
            "summary": gettext_lazy("Was kann eine andere Stadt damit anfangen?"),
            "licence": gettext_lazy(
                "Sie sagt, was andere damit dürfen. Für eigene Texte passt meist CC BY 4.0, für Daten die "
                "Datenlizenz Deutschland, für Programme die EUPL."
            ),
            "licence_note": gettext_lazy("Nur bei „andere Lizenz“."),
        }
        widgets = {"visibility": forms.RadioSelect, "summary": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, fixes_visibility: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixes_visibility:
            del self.fields["visibility"]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  narrows the type
        kind.choices = [("", _("Bitte wählen")), *BlockKind.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("licence") == Licence.OTHER and not cleaned.get("licence_note"):
            self.add_error("licence_note", _("Bitte nennen Sie die Lizenz."))
        return cleaned


class NewBlockForm(BlockForm):
    """With the city where there is a choice, and the first file or link."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    upload = UploadField(required=False)
    url = LinkField()

    def __init__(self, *args: Any, user: User, practice: Practice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["upload"].label = _("Erste Datei")
        self._offer_cities(user, practice)
        if practice and (topic := practice.topic_links.filter(is_primary=True).first()):
            self.initial.setdefault("topic", topic.topic_id)

    def _offer_cities(self, user: User, practice: Practice | None) -> None:
        own = city_ids_of(user)
        if practice and can_write_for(user, practice.city):
            self.instance.city = practice.city
        elif is_coordinator(user):
            self.fields["city"] = CityField(label=_("Stadt"))
        elif len(own) == 1:
            self.instance.city = City.objects.get(pk=own[0])
        else:
            self.fields["city"] = forms.ModelChoiceField(
                City.objects.filter(pk__in=own).order_by("sort_name"), label=_("Stadt")
            )
        if "city" in self.fields:
            self.order_fields(["title", "kind", "city"])

    def _post_clean(self) -> None:
        if city := self.cleaned_data.get("city"):
            self.instance.city = city
        super()._post_clean()  # type: ignore[misc]


class ContentForm(forms.Form):
    """A file, a link, or both."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Ohne Titel steht der Name der Datei da."),
    )
    upload = UploadField(required=False)
    url = LinkField()

    def clean(self) -> dict[str, Any]:
        return with_content(self)


class VersionForm(forms.ModelForm):
    """A new version with its first file or link."""

    upload = UploadField(required=False)
    url = LinkField()

    class Meta:
        model = BlockVersion
        fields = ["label", "date", "changes"]
        help_texts = {
            "label": gettext_lazy("Zum Beispiel „2.0“ oder „März 2026“."),
            "changes": gettext_lazy("Was andere wissen müssen, die schon die alte Fassung nutzen."),
        }
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "changes": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        return with_content(self)

    def _get_validation_exclusions(self) -> set[str]:
        # The block is set by the view; that a label is new in it has to be checked all the same.
        return super()._get_validation_exclusions() - {"block"}  # type: ignore[misc]


class RetireForm(forms.Form):
    """What to use instead, if there is something."""

    def __init__(self, data: Any = None, *, block: BuildingBlock, reader: User) -> None:
        super().__init__(data)
        self.block = block
        self.fields["replaced_by"] = BlockField(
            reader=reader,
            required=False,
            label=_("Was kann man stattdessen nehmen?"),
            help_text=_("Titel, Adresse oder Nummer eines veröffentlichten Bausteins."),
        )

    def clean_replaced_by(self) -> BuildingBlock | None:
        chosen: BuildingBlock | None = self.cleaned_data["replaced_by"]
        if chosen and (chosen.pk == self.block.pk or chosen.status != "published"):
            raise ValidationError(_("Bitte nennen Sie einen anderen, veröffentlichten Baustein."))
        return chosen


class UseForm(forms.Form):
    """Which block a write-up uses."""

    def __init__(self, data: Any = None, *, reader: User) -> None:
        super().__init__(data)
        self.fields["block"] = BlockField(
            reader=reader,
            help_text=_("Tippen Sie einen Teil des Titels, oder fügen Sie die Adresse des Bausteins ein."),
            error_messages={"required": _("Bitte nennen Sie den Baustein.")},
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "list": "id_block_list",
                    "hx-get": reverse("blocks:suggest"),
                    "hx-trigger": "input changed delay:250ms",
                    "hx-target": "#id_block_list",
                    "hx-swap": "innerHTML",
                }
            ),
        )


def with_content(form: forms.BaseForm) -> dict[str, Any]:
    """The cleaned data of a form that needs a file or a link; without either an error at the file."""
    cleaned = form.cleaned_data
    # A file or link that was given and is wrong has its own message.
    if not ({"upload", "url"} & set(form.errors) or cleaned.get("upload") or cleaned.get("url")):
        form.add_error("upload", _("Bitte wählen Sie eine Datei oder geben Sie einen Link an."))
    return cleaned
