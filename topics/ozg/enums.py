"""Vocabulary of the OZG."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgressState(models.TextChoices):
    """How far a city is with a service."""

    NOT_BEGUN = "not_begun", _("nicht begonnen")
    IN_WORK = "in_work", _("in Arbeit")
    LIVE = "live", _("online")


class MaturityModel(models.TextChoices):
    """Versions of the Reifegradmodell; the same number means something else in each."""

    V1_1 = "1.1", _("Modell 1.1")
    V2_0 = "2.0", _("Modell 2.0")

    @property
    def highest(self) -> int:
        return HIGHEST[self]


class Way(models.TextChoices):
    """How a city comes to the online service."""

    OWN = "own", _("selbst entwickelt")
    EFA = "efa", _("„Einer für Alle“ nachgenutzt")
    BOUGHT = "bought", _("eingekauft")


# The highest level of each version; the lowest is 0.
HIGHEST = {MaturityModel.V1_1: 4, MaturityModel.V2_0: 7}
# What version 1.1 calls its levels. Those of version 2.0 are known by their number.
LEVELS = [
    _("offline"),
    _("Information"),
    _("Formular-Assistent"),
    _("Online-Dienst"),
    _("Online-Transaktion"),
]
