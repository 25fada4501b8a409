"""Form fields that several apps use."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ui.richtext import clean, to_plain_text

MAX_RICH_TEXT = 50_000


class RichTextArea(forms.Textarea):
    """A text box that becomes an editor where there is JavaScript; see static/js/prose.js."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 8, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-prose"] = json.dumps(_editor_words())
        return context


def _editor_words() -> dict[str, str]:
    return {
        "toolbar": _("Text gestalten"),
        "heading": _("Überschrift"),
        "bold": _("Fett"),
        "italic": _("Kursiv"),
        "bullets": _("Liste"),
        "numbers": _("Nummerierung"),
        "quote": _("Zitat"),
        "link": _("Link"),
        "table": _("Tabelle"),
        "rowAdd": _("Zeile dazu"),
        "rowRemove": _("Zeile weg"),
        "columnAdd": _("Spalte dazu"),
        "columnRemove": _("Spalte weg"),
        "tableRemove": _("Tabelle weg"),
        "undo": _("Rückgängig"),
        "redo": _("Wiederholen"),
        "address": _("Adresse im Netz oder E-Mail-Adresse"),
        "set": _("Übernehmen"),
        "cancel": _("Abbrechen"),
    }


class RichTextField(forms.CharField):
    """Rich text; its value is sanitised HTML. `max_length` counts characters that are read, not markup."""

    widget = RichTextArea

    def __init__(self, *, max_length: int = 20_000, **options: Any) -> None:
        self.longest = max_length
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > max(MAX_RICH_TEXT, 4 * self.longest):
            raise ValidationError(_("Der Text ist zu lang."), code="max_length")
        text = clean(super().clean(value))
        if self.required and not text:
            raise ValidationError(self.error_messages["required"], code="required")
        length = len(to_plain_text(text))
        if length > self.longest:
            raise ValidationError(
                _("Der Text hat %(length)d Zeichen; höchstens %(most)d sind möglich.")
                % {"length": length, "most": self.longest},
                code="max_length",
            )
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return clean(initial or "") != clean(data or "")


class ListField(forms.CharField):
    """Several short texts, one a line or with commas between; its value is a list without repetitions."""

    widget = forms.Textarea
    default_help = gettext_lazy("Eines je Zeile oder durch Kommas getrennt.")

    def __init__(self, *, item_max_length: int = 80, max_items: int = 50, **options: Any) -> None:
        self.item_max_length, self.max_items = item_max_length, max_items
        options.setdefault("help_text", self.default_help)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        unique: dict[str, str] = {}
        for item in re.split(r"[,;\n]", super().to_python(value) or ""):
            if item.strip():
                unique.setdefault(item.strip().casefold(), item.strip())
        return list(unique.values())

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        for item in value:
            if len(item) > self.item_max_length:
                raise ValidationError(
                    _("„%(item)s …“ ist zu lang; höchstens %(most)d Zeichen sind möglich.")
                    % {"item": item[:30], "most": self.item_max_length},
                    code="max_length",
                )
        if len(value) > self.max_items:
            raise ValidationError(
                ngettext(
                    "Höchstens %(most)d Eintrag ist möglich.",
                    "Höchstens %(most)d Einträge sind möglich.",
                    self.max_items,
                )
                % {"most": self.max_items},
                code="max_items",
            )

    def run_validators(self, value: Any) -> None:
        for item in value:
            super().run_validators(item)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)
