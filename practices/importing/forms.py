"""Saying where the parts of a document go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.forms import OneLineField
from accounts.models import User
from cities.choosing import CityField
from cities.models import City
from cities.permissions import city_ids_of, is_coordinator
from practices.forms.wording import HELP, MISSING
from practices.importing.actions import Choice
from practices.importing.blocks import plain
from practices.importing.outline import LONGEST_SUMMARY, LONGEST_TITLE, shortened
from practices.importing.placing import DROP, LATER, composed, is_too_long
from practices.models import ImportedDocument, ImportedPart, ImportedPicture, Practice
from practices.sections import TEXT_FIELDS, label_of

EXCERPT = 320


@dataclass(frozen=True)
class PartRow:
    """A part with its select, as the page shows them."""

    part: ImportedPart
    select: BoundField
    excerpt: str
    is_whole: bool


@dataclass(frozen=True)
class PictureRow:
    picture: ImportedPicture
    takes: BoundField
    alt_text: BoundField


class PlacementForm(forms.Form):
    """Where each part goes. `record` is the write-up as it is stored, or an empty one."""

    marks_optional = False

    def __init__(self, data: Any = None, *, parts: Sequence[ImportedPart], record: Practice) -> None:
        super().__init__(data)
        self.parts, self.record = parts, record
        choices = [
            (LATER, _("Noch nicht einordnen (bleibt erhalten)")),
            *((name, label_of(name)) for name in TEXT_FIELDS),
            (DROP, _("Weglassen")),
        ]
        for number, part in enumerate(parts, 1):
            label = part.heading or _("Text ohne Überschrift")
            self.fields[f"part-{part.pk}"] = forms.ChoiceField(
                label=_("Wohin mit „%(heading)s“?") % {"heading": shortened(label, 80)},
                choices=choices,
                required=False,
                initial=part.section if part.section in TEXT_FIELDS else LATER,
                error_messages={
                    "invalid_choice": _("Teil %(number)d: Diesen Abschnitt gibt es nicht.")
                    % {"number": number}
                },
            )

    def rows(self, *, placed: bool | None = None) -> Iterator[PartRow]:
        """All parts, or those that are proposed for a section or not."""
        for part in self.parts:
            if placed is not None and bool(part.section) != placed:
                continue
            text = plain(part.text)
            yield PartRow(part, self[f"part-{part.pk}"], shortened(text, EXCERPT), len(text) <= EXCERPT)

    def placed_rows(self) -> list[PartRow]:
        return list(self.rows(placed=True))

    def open_rows(self) -> list[PartRow]:
        return list(self.rows(placed=False))

    @property
    def targets(self) -> dict[int, str]:
        return {part.pk: self.cleaned_data.get(f"part-{part.pk}", LATER) for part in self.parts}

    @property
    def replaced(self) -> list[str]:
        return []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        texts = composed(self.record, self.parts, self.targets, self.replaced)
        for name, text in texts.items():
            if is_too_long(text):
                last = [part.pk for part in self.parts if self.targets[part.pk] == name][-1]
                self.add_error(
                    f"part-{last}",
                    _(
                        "„%(section)s“ würde länger als 20.000 Zeichen. Bitte ordnen Sie einen Teil anders "
                        "ein."
                    )
                    % {"section": label_of(name)},
                )
        return cleaned


class TakeOverForm(PlacementForm):
    """A document on its way into a write-up: its parts, pictures, and what a publiccode.yml says."""

    def __init__(self, data: Any = None, *, document: ImportedDocument, record: Practice, user: User) -> None:
        super().__init__(data, parts=list(document.parts.all()), record=record)
        self.document = document
        if record.pk is None:
            self._ask_for_head(user)
        else:
            self._offer_replacing()
        self._offer_facts()
        for picture in document.pictures.select_related("stored"):
            self._offer_picture(picture)

    def _ask_for_head(self, user: User) -> None:
        self.fields["title"] = OneLineField(
            label=_("Titel"),
            max_length=LONGEST_TITLE,
            initial=self.document.title,
            help_text=str(HELP["title"]),
        )
        self.fields["title"].error_messages["required"] = str(MISSING["title"])
        self.fields["summary"] = forms.CharField(
            label=_("In einem Satz"),
            max_length=LONGEST_SUMMARY,
            required=False,
            initial=self.document.summary,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        own = city_ids_of(user)
        required = {"required": _("Bitte wählen Sie die Stadt, für die Sie schreiben.")}
        if is_coordinator(user):
            self.fields["city"] = CityField(
                label=_("Stadt"), help_text=str(HELP["city"]), error_messages=required
            )
        elif len(own) > 1:
            self.fields["city"] = forms.ModelChoiceField(
                City.objects.filter(pk__in=own),
                label=_("Stadt"),
                empty_label=_("Bitte wählen"),
                error_messages=required,
            )

    def _offer_replacing(self) -> None:
        filled = [(name, label_of(name)) for name in TEXT_FIELDS if getattr(self.record, name)]
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=self.record.version
        )
        if filled:
            self.fields["replace"] = forms.MultipleChoiceField(
                label=_("Vorhandenen Text ersetzen"),
                help_text=_(
                    "Ohne Häkchen kommt das Neue unter den vorhandenen Text. Die alte Fassung bleibt im "
                    "Verlauf."
                ),
                choices=filled,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _offer_facts(self) -> None:
        facts = [(name, self._said(name, value)) for name, value in self.document.facts.items()]
        if self.document.tags:
            facts.append(("tags", f"{_('Schlagwörter')}: {', '.join(self.document.tags)}"))
        if facts:
            self.fields["facts"] = forms.MultipleChoiceField(
                label=_("Angaben übernehmen"),
                choices=facts,
                required=False,
                initial=[name for name, _label in facts if name == "tags" or self._is_free(name)],
                widget=forms.CheckboxSelectMultiple,
            )

    def _is_free(self, name: str) -> bool:
        return self.record.pk is None or not getattr(self.record, name)

    def _said(self, name: str, value: str) -> str:
        label, shown = label_of(name), _shown(name, value)
        if self._is_free(name):
            return f"{label}: {shown}"
        return _("%(label)s: %(value)s (bisher: %(present)s)") % {
            "label": label,
            "value": shown,
            "present": _shown(name, getattr(self.record, name)),
        }

    def _offer_picture(self, picture: ImportedPicture) -> None:
        self.fields[f"picture-{picture.pk}"] = forms.BooleanField(
            label=_("Bild %(number)d mitnehmen") % {"number": picture.number}, required=False, initial=True
        )
        self.fields[f"alt-{picture.pk}"] = OneLineField(
            label=_("Was ist auf Bild %(number)d zu sehen?") % {"number": picture.number},
            help_text=_("Ein Satz für Menschen, die das Bild nicht sehen."),
            required=False,
            max_length=300,
            initial=picture.alt_text,
        )

    @property
    def asks_for_city(self) -> bool:
        return "city" in self.fields

    @property
    def offers_facts(self) -> bool:
        return "facts" in self.fields

    @property
    def offers_replacing(self) -> bool:
        return "replace" in self.fields

    @property
    def picture_rows(self) -> list[PictureRow]:
        return [
            PictureRow(picture, self[f"picture-{picture.pk}"], self[f"alt-{picture.pk}"])
            for picture in self.document.pictures.select_related("stored")
        ]

    @property
    def replaced(self) -> list[str]:
        return list(self.cleaned_data.get("replace", []))

    @property
    def choice(self) -> Choice:
        chosen = self.cleaned_data.get("facts", [])
        return Choice(
            targets=self.targets,
            replaced=self.replaced,
            facts={name: value for name, value in self.document.facts.items() if name in chosen},
            tags=self.document.tags if "tags" in chosen else [],
            pictures={
                row.picture.pk: self.cleaned_data[f"alt-{row.picture.pk}"]
                for row in self.picture_rows
                if self.cleaned_data[f"picture-{row.picture.pk}"]
            },
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._overwrites and cleaned.get("version") != self.record.version:
            shown = self.data.copy()  # type: ignore[attr-defined]
            shown["version"] = str(self.record.version)  # the page that says so shows this one
            self.data = shown
            raise ValidationError(
                _(
                    "Der Beitrag wurde inzwischen geändert. Bitte sehen Sie nach, bevor Sie etwas darin "
                    "ersetzen."
                ),
                code="changed",
            )
        return cleaned

    @property
    def _overwrites(self) -> bool:
        facts = [name for name in self.cleaned_data.get("facts", []) if name != "tags"]
        return bool(self.replaced) or not all(self._is_free(name) for name in facts)


def _shown(name: str, value: Any) -> str:
    field: Any = Practice._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value))
