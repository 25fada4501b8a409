"""Forms in which nobody's save overwrites another's unseen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from ui.forms.fields import RichTextField
from ui.richtext import to_plain_text


class SavedMeanwhileError(Exception):
    """Somebody saved the row between the check of the form and its writing."""


@dataclass(frozen=True)
class Difference:
    """A field in which the stored row and what was typed differ, both as text."""

    label: str
    theirs: str
    mine: str


class VersionedModelForm(forms.ModelForm):
    """A ModelForm for models with a `version` number.

    When the row was saved since the form was opened, the form is invalid, keeps the input, and `differences`
    lists what is stored and what was typed. Sent again as it is shown then, it saves: by then its author has
    seen what it replaces.
    Inside `transaction.atomic` the check locks the row, so that saving cannot raise SavedMeanwhileError.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_147_483_647
    )
    differences: list[Difference]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences = []
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version

    def _post_clean(self) -> None:
        # Before the typed values are put on the instance, and also when other fields are in error.
        if self.instance.pk is not None:
            self._compare_with_stored_row()
        super()._post_clean()  # type: ignore[misc]

    def _compare_with_stored_row(self) -> None:
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        if transaction.get_connection().in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        stored = rows.first()
        if stored is None:
            self.add_error(None, ValidationError(_("Das wurde inzwischen gelöscht."), code="deleted"))
            return
        if self.cleaned_data.get("version") == stored.version:
            return
        self.differences = list(self._differences_from(stored))
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent[self.add_prefix("version")] = str(stored.version)
        self.data = sent
        self.add_error(
            NON_FIELD_ERRORS,
            ValidationError(
                _(
                    "Inzwischen hat jemand anderes gespeichert. Ihre Eingaben sind noch da. "
                    "Bitte vergleichen Sie und speichern Sie dann noch einmal."
                ),
                code="conflict",
            ),
        )

    def _differences_from(self, stored: models.Model) -> Iterable[Difference]:
        initial = forms.model_to_dict(stored, fields=list(self.fields))
        for name, field in self.fields.items():
            if name == "version" or name not in initial:
                continue
            theirs, mine = initial[name], self[name].data
            if field.has_changed(theirs, mine):
                shown_mine = self.cleaned_data.get(name, mine)
                yield Difference(str(self[name].label), _as_text(field, theirs), _as_text(field, shown_mine))

    def claim(self) -> None:
        """Lock the row and give the instance its next version, which its saving writes with the rest.

        Needs a transaction. Raises SavedMeanwhileError when somebody was quicker.
        """
        expected = self.cleaned_data["version"]
        rows = type(self.instance)._default_manager.select_for_update(of=("self",))
        if not rows.filter(pk=self.instance.pk, version=expected).exists():
            raise SavedMeanwhileError
        self.instance.version = expected + 1

    def save(self, commit: bool = True) -> Any:
        """Save. With `commit=False` the caller claims the version itself."""
        if not commit or self.instance.pk is None:
            return super().save(commit)
        with transaction.atomic():
            self.claim()
            return super().save()


def _as_text(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(field, RichTextField):
        return to_plain_text(str(value))
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField) and not isinstance(
        value, models.Model
    ):
        chosen = value if isinstance(value, list | tuple | models.QuerySet) else [value]
        return ", ".join(str(one) if isinstance(one, models.Model) else _named(field, one) for one in chosen)
    if isinstance(field, forms.BooleanField):
        return _("ja") if value else _("nein")
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(value, value))
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return str(value)


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
