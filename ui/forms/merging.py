"""What was there, what is stored and what was typed, compared field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from ui.forms.fields import ListField, RichTextField
from ui.richtext import clean

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else and the person here have both changed since the form was opened."""

    name: str
    label: str
    theirs: str
    mine: str
    is_rich: bool
    can_keep_both: bool
    chosen: str = ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        offered = [(THEIRS, _("das Gespeicherte behalten")), (MINE, _("meine Eingabe nehmen"))]
        return [*offered, (BOTH, _("beides, meine darunter"))] if self.can_keep_both else offered


def fingerprint(field: forms.Field, value: Any) -> str:
    """A short text that is the same for values that mean the same, be they stored or typed."""
    plain = json.dumps(_plain(field, value))
    return hashlib.blake2b(plain.encode(), digest_size=6).hexdigest()


def _plain(field: forms.Field, value: Any) -> Any:
    if isinstance(field, RichTextField):
        return clean(str(value or ""))
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | models.QuerySet):
        items = [_plain(forms.Field(), one) for one in value]
        return (items if isinstance(field, ListField) else sorted(items)) or ""
    if value is None or value is False:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value).replace("\r\n", "\n").strip()


def can_keep_both(field: forms.Field) -> bool:
    """Whether one value may stand behind the other: for texts of several lines and for lists."""
    if isinstance(field, RichTextField | ListField):
        return True
    return isinstance(field.widget, forms.Textarea) and getattr(field, "max_length", None) is None


def as_sent(field: forms.Field, value: Any) -> list[str]:
    """What a browser would send for a stored value."""
    if isinstance(value, bool):
        return ["on"] if value else []
    shown: Any = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(one) for one in shown]
    return [] if shown is None else [str(shown)]


def as_text(field: forms.Field, value: Any) -> str:
    """How people read a value; rich text stays markup."""
    if value in (None, "", []):
        return "–"
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField) and not isinstance(
        value, models.Model
    ):
        chosen = value if isinstance(value, list | tuple | models.QuerySet) else [value]
        return ", ".join(str(one) if isinstance(one, models.Model) else _named(field, one) for one in chosen)
    if isinstance(field, forms.BooleanField):
        return _("ja") if value else _("nein")
    if isinstance(field, forms.ChoiceField):
        names = {str(key): label for key, label in _flat(field.choices)}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(names.get(str(one), one)) for one in chosen)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(field.prepare_value(value))


def _named(field: forms.ModelChoiceField, key: Any) -> str:
    try:
        row = field.queryset.filter(pk=key).first() if field.queryset is not None else None
    except (TypeError, ValueError):  # no key at all: somebody tampered with the form
        row = None
    return field.label_from_instance(row) if row else str(key)


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
