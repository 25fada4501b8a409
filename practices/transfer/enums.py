"""Vocabulary of the transfer check."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.TextChoices):
    """What is checked; the value stands in addresses."""

    PREREQUISITES = "voraussetzungen", _("Voraussetzungen")
    EXCLUSIONS = "grenzen", _("Nicht geeignet für")
    SIZE = "groesse", _("Größe der Stadt")
    STAFF = "personal", _("Personal")
    PRODUCTS = "produkte", _("Produkte")
    LAW = "recht", _("Recht und Zuständigkeit")
    COST = "kosten", _("Kosten gemessen an der Größe")


class Verdict(models.TextChoices):
    FITS = "fits", _("passt")
    ADAPT = "adapt", _("anzupassen")
    BLOCKS = "blocks", _("steht im Weg")
    UNKNOWN = "unknown", _("zu klären")


TONES = {
    Verdict.FITS: ("success", "check"),
    Verdict.ADAPT: ("info", "edit"),
    Verdict.BLOCKS: ("danger", "close"),
    Verdict.UNKNOWN: ("neutral", "question-mark"),
}
