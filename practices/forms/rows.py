"""Sections of the editor with rows of other tables: as many as there are, and an empty one to go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pghistory
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import ErrorDict, ErrorList
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from practices import actions
from practices.forms.row_formset import BEYOND, RowFormSet, numbered
from practices.forms.section import SectionForm
from practices.history.lines import NameOf
from practices.models import Practice
from ui.forms.merging import MINE, THEIRS, Conflict

MORE = "more"  # the button that asks for another row sends the name of its table
OPEN = "?"  # before the fingerprint of what was shown as stored in a conflict that is not settled yet
NO_CONTENT = {"id", "practice", "adoption"}


class RowForm(forms.ModelForm):
    """One row. Left empty it says nothing, and a stored row that is emptied goes."""

    row = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)
    gone = forms.BooleanField(label=gettext_lazy("Zeile entfernen"), required=False)
    marks_optional = False
    each: str | Promise = ""  # what a row is called; its table says so

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                given: Any = field.choices
                field.choices = [("", _("Bitte wählen")), *(choice for choice in given if choice[0])]

    @property
    def number(self) -> str:
        """What the row is called for people: 1, 2, …"""
        at = str(self.prefix).rpartition("-")[2]
        return str(int(at) + 1) if at.isdigit() else ""

    @property
    def place_in_summary(self) -> str:
        """Which of the rows an error is in."""
        return f"{self.each} {self.number}".strip()

    @property
    def is_stored(self) -> bool:
        return bool(self["row"].value())

    @property
    def is_empty(self) -> bool:
        return self.is_bound and (
            bool(self["gone"].data)
            or all(not str(self[name].data or "").strip() for name in self.fields if name != "row")
        )

    def full_clean(self) -> None:
        if self.is_empty:
            self._errors = ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Without Django's look at the constraints, which is a query for each of them."""
        return self.cleaned_data

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What the form shows of a stored row; forms with fields of their own add theirs."""
        return {"row": row.pk} | forms.model_to_dict(row, fields=cls._meta.fields)


class RowSet:
    """The rows of one table in a section, compared with what others have saved meanwhile.

    `owner` is the column that says whose rows they are.
    `say` puts a row into words as the versions do. `changed` tells after `check()` whether the outcome
    differs from what is stored.
    """

    def __init__(
        self,
        data: Any,
        *,
        form: type[RowForm],
        rows: Sequence[Any],
        title: Promise,
        intro: Promise,
        each: Promise,
        most: int,
        say: Callable[[Any, NameOf], str],
        owner: str = "practice",
    ) -> None:
        self.stored, self.most, self.say, self.owner = rows, most, say, owner
        self.title, self.intro, self.each = title, intro, each
        self.model: Any = form._meta.model
        self.name: str = self.model._meta.get_field(owner).remote_field.related_name
        self.data, self.changed = data, False
        self.conflict: Conflict | None = None
        self.seen = self.mark = data.get(f"base-{self.name}", "") if data is not None else _mark(rows)
        self._factory = forms.formset_factory(
            type(form.__name__, (form,), {"each": each}),
            formset=RowFormSet,
            extra=0 if len(rows) >= most else 1,
            max_num=most,
            absolute_max=most + BEYOND,
            validate_max=True,
        )
        self.formset = self._bound(data) if data is not None else self._as_stored()

    def _as_stored(self) -> Any:
        initial = [self._factory.form.initial_of(row) for row in self.stored]
        return self._factory(initial=initial, prefix=self.name)

    def _bound(self, data: Any) -> Any:
        messages = {
            "too_many_forms": _("Höchstens %(most)d Zeilen sind möglich.") % {"most": self.most},
        }
        whole = numbered(data, self.name, self.most)
        bound: Any = self._factory(whole, prefix=self.name, error_messages=messages)
        bound.came_whole = whole is data
        return bound

    def add_row(self) -> None:
        """One more empty row below those that were typed, unless there are as many as there may be."""
        name = f"{self.name}-TOTAL_FORMS"
        number = self.formset.total_form_count()
        if number < self.most:
            self.data = self.data.copy()
            self.data[name] = str(number + 1)
            self.formset = self._bound(self.data)

    def hide_errors(self) -> None:
        self.formset._errors = [ErrorDict() for _form in self.formset.forms]
        self.formset._non_form_errors = ErrorList()
        for form in self.formset.forms:
            form._errors, form.cleaned_data = ErrorDict(), {}

    @property
    def items(self) -> list[tuple[RowForm, str]]:
        """Each row's form, and what the stored row says that it stands for."""
        said = {str(row.pk): self.say(row, str) for row in self.stored}
        return [(form, said.get(str(form["row"].value()), "")) for form in self.formset.forms]

    @property
    def typed(self) -> list[Any]:
        return [form.instance for form in self.formset.forms if not form.is_empty]

    def check(self) -> bool:
        """Whether the rows can be saved as they are here."""
        if not self.formset.is_valid():
            return False
        now, mine = _mark(self.stored), _mark(self.typed)
        was_open, seen = self.seen.startswith(OPEN), self.seen.removeprefix(OPEN)
        choice = self.data.get(f"choice-{self.name}", "") if was_open else ""
        self.mark = now
        if choice == THEIRS or (not was_open and mine == seen):
            self.formset = self._as_stored()
        elif mine == now or (seen == now and (not was_open or choice == MINE)):
            self.changed = mine != now
        else:
            self.mark = OPEN + now
            self.conflict = Conflict(
                name=self.name,
                label=str(self.title),
                theirs=self._said(self.stored),
                mine=self._said(self.typed),
                is_rich=False,
                can_keep_both=False,
                chosen=choice,
            )
        return self.conflict is None

    def _said(self, rows: Iterable[Any]) -> str:
        return "\n".join(self.say(row, str) for row in rows) or "–"

    def save(self, owner: models.Model) -> None:
        """Write the rows as they were typed: stored ones that changed, new ones, and away with the others."""
        left = {row.pk: row for row in self.stored}
        for form in self.formset.forms:
            if form.is_empty:
                continue
            typed = form.instance
            row = left.pop(form.cleaned_data.get("row"), None)
            if row is None:
                setattr(typed, self.owner, owner)
                typed.save()
            elif _values(row) != _values(typed):
                for column in _columns(self.model):
                    setattr(row, column, getattr(typed, column))
                row.save()
        self.model.objects.filter(pk__in=left).delete()


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in NO_CONTENT]


def _values(row: Any) -> list[str]:
    return [_plain(getattr(row, column)) for column in _columns(row)]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _mark(rows: Iterable[models.Model]) -> str:
    """A short text that is the same for rows that say the same; "" for none."""
    plain = [_values(row) for row in rows]
    return hashlib.blake2b(json.dumps(plain).encode(), digest_size=6).hexdigest() if plain else ""


class SectionWithRows(SectionForm):
    """A section with fields of the write-up, maybe none, and with rows beside it.

    Two people who change the same table both see what the other has, as with a field.
    """

    def row_sets_of(self, data: Any, practice: Practice) -> list[RowSet]:
        """The tables in their order on the page; one query each."""
        raise NotImplementedError

    def __init__(self, data: Any = None, files: Any = None, *, practice: Practice, user: User) -> None:
        super().__init__(data, files, practice=practice, user=user)
        self.row_sets = self.row_sets_of(data, practice)

    @property
    def subforms(self) -> list[forms.BaseForm]:
        """The forms of the rows; the summary of errors names theirs, too."""
        return [form for rows in self.row_sets for form in rows.formset.forms]

    def is_valid(self) -> bool:
        asked = self.data.get(MORE) if self.is_bound else None
        if asked:
            self.hide_errors()
            for rows in self.row_sets:
                if rows.name == asked:
                    rows.add_row()
                rows.hide_errors()
            return False
        return super().is_valid()

    def hide_errors(self) -> None:
        super().hide_errors()
        for rows in self.row_sets:
            rows.hide_errors()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for rows in self.row_sets:
            if rows.check():
                continue
            if rows.conflict:
                self.conflicts.append(rows.conflict)
                message = _("Inzwischen hat %(who)s hier gespeichert: „%(part)s“. Bitte wählen Sie.")
                said = message % {"who": self.saved_by(self.instance), "part": rows.title}
                self.add_error(None, ValidationError(said, code="conflict"))
            else:
                errors = [str(error) for error in rows.formset.non_form_errors()]
                wrong = _("Bitte prüfen Sie die Zeilen unter „%(part)s“.") % {"part": rows.title}
                for message in errors or [wrong]:
                    self.add_error(None, message)
        return cleaned

    def save_section(self, *, by: User) -> None:
        changed = [rows for rows in self.row_sets if rows.changed]
        if not changed and not self.changed_names:
            return
        columns = [name for name in self.changed_names if name in self.Meta.fields]
        with pghistory.context(user=by.pk):  # rows and write-up are one version
            for rows in changed:
                rows.save(self.instance)
            actions.save(practice=self.instance, by=by, fields=columns)
