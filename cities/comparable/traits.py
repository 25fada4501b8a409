"""What two municipalities are compared by, and how much each of it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Trait(models.TextChoices):
    """Something that two municipalities have in common or not; the value stands in addresses."""

    SIZE = "groesse", _("Einwohnerzahl")
    DENSITY = "dichte", _("Einwohner je km²")
    URBANISATION = "besiedlung", _("Grad der Verstädterung")
    STATUS = "status", _("kreisfrei oder kreisangehörig")
    CENTRAL_PLACE = "zentralitaet", _("zentraler Ort")
    STATE = "land", _("Bundesland")
    DISTANCE = "entfernung", _("Entfernung")


class Weight(models.IntegerChoices):
    NONE = 0, _("zählt nicht")
    LITTLE = 1, _("zählt wenig")
    MUCH = 2, _("zählt viel")
    MOST = 3, _("zählt sehr viel")


# How much each trait counts; one that is missing does not.
Weights = Mapping[Trait, int]

BALANCED: Weights = {
    Trait.SIZE: 3,
    Trait.DENSITY: 2,
    Trait.URBANISATION: 2,
    Trait.STATUS: 2,
    Trait.CENTRAL_PLACE: 1,
    Trait.STATE: 1,
    Trait.DISTANCE: 1,
}


@dataclass(frozen=True)
class Preset:
    """Weights that answer a question which people often have."""

    slug: str
    label: Promise
    hint: Promise
    weights: Weights


PRESETS = [
    Preset("", _("Insgesamt"), _("Alles zählt, am meisten die Einwohnerzahl."), BALANCED),
    Preset(
        "groesse",
        _("Größe"),
        _("Wer hat ähnlich viele Menschen zu versorgen?"),
        {Trait.SIZE: 3, Trait.DENSITY: 1},
    ),
    Preset(
        "struktur",
        _("Struktur"),
        _("Wer hat ähnliche Aufgaben? Status, zentraler Ort und Besiedlung zählen am meisten."),
        {
            Trait.SIZE: 1,
            Trait.DENSITY: 2,
            Trait.URBANISATION: 3,
            Trait.STATUS: 3,
            Trait.CENTRAL_PLACE: 3,
        },
    ),
    Preset(
        "nachbarschaft",
        _("Nachbarschaft"),
        _("Wer liegt nah genug, um etwas gemeinsam zu tun?"),
        {Trait.SIZE: 1, Trait.STATE: 1, Trait.DISTANCE: 3},
    ),
]
