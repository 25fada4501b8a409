"""One row of the grid in which a city says how far it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import OneLineField
from topics.models import Service, ServiceProgress
from topics.ozg.entering import Entry, Said, fingerprint
from topics.ozg.enums import LEVELS, MaturityModel, ProgressState, Way

NOTHING = "–"


def level_choices() -> list[tuple[str, Any]]:
    """Model and level as one choice, so that they always fit: „1.1:3“."""
    groups: list[tuple[str, Any]] = [("", NOTHING)]
    for model in MaturityModel:
        named = LEVELS if model == MaturityModel.V1_1 else []  # those of 2.0 are known by their number
        levels = [
            (f"{model.value}:{level}", f"{model.value} · {level}{f' {named[level]}' if named else ''}")
            for level in range(model.highest + 1)
        ]
        groups.append((str(model.label), levels))
    return groups


class GridRow(forms.Form):
    """`stored` is what the portal has; `conflict` what somebody else wrote while this was typed."""

    marks_optional = False
    conflict: ServiceProgress | None = None
    has_conflict = False

    state = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        choices=[("", gettext_lazy("keine Angabe")), *ProgressState.choices],
        required=False,
    )
    level = forms.ChoiceField(label=gettext_lazy("Reifegrad"), choices=level_choices, required=False)
    way = forms.ChoiceField(label=gettext_lazy("Wie"), choices=[("", NOTHING), *Way.choices], required=False)
    office = OneLineField(label=gettext_lazy("Wen fragen? (Stelle)"), max_length=160, required=False)
    email = forms.EmailField(label=gettext_lazy("E-Mail-Adresse"), max_length=254, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data: Any = None, *, service: Service, stored: ServiceProgress | None) -> None:
        said = Said.of(stored)
        initial: dict[str, Any] = {"base": fingerprint(said)}
        if said is not None:
            level = f"{said.model_version}:{said.maturity}" if said.model_version else ""
            initial |= {
                "state": said.state,
                "level": level,
                "way": said.way,
                "office": said.office,
                "email": said.email,
            }
        super().__init__(data, prefix=prefix_of(service.pk), initial=initial)
        self.service, self.stored = service, stored

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        others = [cleaned.get(name) for name in ("level", "way", "office", "email")]
        if "state" in cleaned and not cleaned["state"] and self.stored is None and any(others):
            self.add_error("state", _("Bitte wählen Sie den Stand."))
        return cleaned

    @property
    def entry(self) -> Entry:
        """What is to stand there; without a state nothing. Only of a valid row."""
        values = self.cleaned_data
        if not values["state"]:
            return Entry(None, values["base"])
        model, _colon, level = values["level"].partition(":")
        said = Said(
            values["state"],
            model,
            int(level) if level else None,
            values["way"],
            values["office"],
            values["email"],
        )
        return Entry(said, values["base"])

    def tell_conflict(self, theirs: ServiceProgress | None) -> None:
        """Show what somebody else has written; sending the row once more is then meant."""
        self.has_conflict, self.conflict = True, theirs
        self._mark(fingerprint(Said.of(theirs)))

    def settle(self) -> None:
        """What was typed is stored now."""
        self._mark(fingerprint(self.entry.said))

    def _mark(self, base: str) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("base")] = base  # type: ignore[index]


def prefix_of(service_id: int) -> str:
    return f"l{service_id}"


def ids_sent(data: Any) -> list[int]:
    """The services whose rows were sent."""
    names = (name.removesuffix("-base").removeprefix("l") for name in data if name.endswith("-base"))
    return [int(name) for name in names if name.isdecimal() and len(name) < 16]
