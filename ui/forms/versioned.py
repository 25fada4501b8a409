"""Forms in which nobody's save overwrites another's unseen."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ui.forms.fields import RichTextField
from ui.forms.merging import BOTH, MINE, THEIRS, Conflict, as_sent, as_text, can_keep_both, fingerprint

OPEN = "?"  # before the fingerprint of what was shown as stored in a conflict that is not settled yet


class SavedMeanwhileError(Exception):
    """Somebody saved the row between the check of the form and its writing."""


class VersionedModelForm(forms.ModelForm):
    """A ModelForm for models with a `version` number, which saves what its author changed and nothing else.

    `base` carries a fingerprint of each value as it was when the form was opened. When the row was saved
    since, what only others changed stays theirs (`taken_over` has the labels) and what only its author
    changed is saved. For what both changed the form is invalid, keeps the input and lists `conflicts`, each
    with a choice that is sent back as `choice-FIELD`. `changed_names` are the fields in which the outcome
    differs from the stored row. Inside `transaction.atomic` the check locks the row, so that saving cannot
    raise SavedMeanwhileError.
    """

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_147_483_647
    )
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    conflicts: list[Conflict]
    taken_over: list[str]
    changed_names: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts, self.taken_over, self.changed_names = [], [], []
        if self.instance.pk is None:
            del self.fields["version"], self.fields["base"]
        else:
            self.initial["version"] = self.instance.version
            self.initial["base"] = self._fingerprints  # asked for when the form is shown

    def stored_row(self) -> models.Model | None:
        """The row as it is stored now."""
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        if transaction.get_connection().in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        return rows.first()

    def stored_values(self, stored: Any) -> dict[str, Any]:
        """What a row has for the fields of this form; forms with more than the row's own fields add it."""
        names = [name for name in self.fields if name not in {"version", "base"}]
        return forms.model_to_dict(stored, fields=names)

    def saved_by(self, stored: Any) -> str:
        """Who has saved meanwhile, as far as the row tells."""
        return _("jemand anderes")

    def hide_errors(self) -> None:
        """Show what was typed without checking it, as when somebody comes back to an unfinished form."""
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def _fingerprints(self) -> str:
        values = self.stored_values(self.instance).items()
        return json.dumps({name: fingerprint(self.fields[name], value) for name, value in values})

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        if self.instance.pk is None:
            return
        # Before the typed values are put on the instance, and also when fields are in error.
        stored: Any = self.stored_row()
        if stored is None:
            self.add_error(None, ValidationError(_("Das wurde inzwischen gelöscht."), code="deleted"))
            return
        values = self.stored_values(stored)
        marks = self._marks()
        is_open = any(mark.startswith(OPEN) for mark in marks.values())
        if is_open or self.cleaned_data.get("version") != stored.version:
            self._merge(stored, values, marks)
        self.changed_names = [name for name, value in values.items() if self._differs(name, value)]

    def _marks(self) -> dict[str, str]:
        try:
            sent = json.loads(self.cleaned_data.get("base") or "{}")
        except (ValueError, RecursionError):
            sent = {}
        return {str(name): str(mark) for name, mark in sent.items()} if isinstance(sent, dict) else {}

    def _differs(self, name: str, value: Any) -> bool:
        if name not in self.cleaned_data:
            return True
        field = self.fields[name]
        return fingerprint(field, self.cleaned_data[name]) != fingerprint(field, value)

    def _merge(self, stored: Any, values: dict[str, Any], marks: dict[str, str]) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        left = {name: self._settle(name, value, marks.get(name, "")) for name, value in values.items()}
        self._put("version", [str(stored.version)])
        self._put("base", [json.dumps(left)])
        self.cleaned_data["version"] = stored.version
        if self.conflicts:
            message = ngettext(
                "Inzwischen hat %(who)s gespeichert. Ein Feld haben Sie beide geändert: "
                "Bitte wählen Sie, was gelten soll.",
                "Inzwischen hat %(who)s gespeichert. %(number)d Felder haben Sie beide geändert: "
                "Bitte wählen Sie jeweils, was gelten soll.",
                len(self.conflicts),
            ) % {"who": self.saved_by(stored), "number": len(self.conflicts)}
            self.add_error(NON_FIELD_ERRORS, ValidationError(message, code="conflict"))

    def _settle(self, name: str, stored: Any, mark: str) -> str:
        """Decide which value of a field holds; returns how it is marked in what is shown next."""
        field = self.fields[name]
        now = fingerprint(field, stored)
        mine = fingerprint(field, self.cleaned_data[name]) if name in self.cleaned_data else None
        was_open, seen = mark.startswith(OPEN), mark.removeprefix(OPEN)
        choice = self.data.get(f"choice-{self.add_prefix(name)}", "") if was_open else ""
        if mine == now or (choice == MINE and seen == now):
            return now
        if choice == THEIRS:
            self._take(name, as_sent(field, stored))
        elif choice == BOTH and seen == now and can_keep_both(field):
            self._take(name, ["\n".join([*as_sent(field, stored), *self._typed(name)])])
        elif not was_open and mine == seen:
            self._take(name, as_sent(field, stored))
            self.taken_over.append(str(self[name].label))
        elif was_open or seen != now:
            self.conflicts.append(self._conflict(name, stored, choice))
            return OPEN + now
        return now

    def _conflict(self, name: str, stored: Any, choice: str) -> Conflict:
        field = self.fields[name]
        mine = self.cleaned_data.get(name, self[name].data)
        return Conflict(
            name=self.add_prefix(name),
            label=str(self[name].label),
            theirs=as_text(field, stored),
            mine=as_text(field, mine),
            is_rich=isinstance(field, RichTextField),
            can_keep_both=can_keep_both(field),
            chosen=choice,
        )

    def _typed(self, name: str) -> list[str]:
        sent: Any = self[name].data
        return [] if sent is None else [str(one) for one in (sent if isinstance(sent, list) else [sent])]

    def _take(self, name: str, sent: list[str]) -> None:
        """Put a value into the field as if it had been typed."""
        self._put(name, sent)
        self._errors.pop(name, None)
        try:
            self.cleaned_data[name] = self.fields[name].clean(self[name].data)
        except ValidationError as error:
            self.add_error(name, error)

    def _put(self, name: str, sent: list[str]) -> None:
        key = self.add_prefix(name)
        if hasattr(self.data, "setlist"):
            self.data.setlist(key, sent)
        else:
            has_many = isinstance(
                self.fields[name].widget, forms.SelectMultiple | forms.CheckboxSelectMultiple
            )
            self.data[key] = sent if has_many else "".join(sent)  # type: ignore[index]

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
