"""Vocabulary of the adoption ledger."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a city is with something that another has made."""

    INTERESTED = "interested", _("interessiert")
    EXAMINED = "examined", _("näher geprüft")
    PILOT = "pilot", _("im Pilotbetrieb")
    LIVE = "live", _("im Einsatz")
    ENDED = "ended", _("wieder beendet")
    REJECTED = "rejected", _("nicht übernommen")


RUNNING = (Stage.PILOT, Stage.LIVE)
OVER = (Stage.ENDED, Stage.REJECTED)
WAY = [Stage.INTERESTED, Stage.EXAMINED, Stage.PILOT, Stage.LIVE]
# Whoever comes back from one of these goes backwards as well.
BACKWARDS = [(late, early) for at, late in enumerate(WAY) for early in WAY[:at]] + [
    (over, again) for over in OVER for again in WAY
]


def needs_reason(stage: str, *, after: str = "") -> bool:
    """Whether a change of stage has to be explained: it ends the matter or goes backwards."""
    return stage in OVER or (after, stage) in BACKWARDS


def can_follow(stage: str, *, after: str) -> bool:
    """What has been in use can be ended; it cannot be said that it was never taken over."""
    return not (stage == Stage.REJECTED and after in {*RUNNING, Stage.ENDED})


class AskedAs(models.TextChoices):
    """Who is asked to confirm an adoption, in this order."""

    CITY = "city", _("Leitung oder Verwaltung der Stadt")
    COORDINATION = "coordination", _("Koordination")
