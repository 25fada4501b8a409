"""Vocabulary of requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """What its city says of a request."""

    OPEN = "open", _("offen")
    TALKS = "talks", _("in Gesprächen")
    SOLVED = "solved", _("gelöst")
    CLOSED = "closed", _("nicht mehr gesucht")


class Standing(models.TextChoices):
    """How a request stands today: what its city says, unless its time is over."""

    OPEN = "open", _("offen")
    TALKS = "talks", _("in Gesprächen")
    OVERDUE = "overdue", _("Frist vorbei")
    SOLVED = "solved", _("gelöst")
    CLOSED = "closed", _("nicht mehr gesucht")


STILL_OPEN = (RequestState.OPEN, RequestState.TALKS)
TONES = {
    Standing.OPEN: "info",
    Standing.TALKS: "info",
    Standing.OVERDUE: "warning",
    Standing.SOLVED: "success",
    Standing.CLOSED: "neutral",
}


class RequestVisibility(models.TextChoices):
    PUBLIC = "public", _("alle, auch ohne Anmeldung")
    NETWORK = "network", _("nur Städte im Netzwerk")
