"""Vocabulary of the topic map."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Engagement(models.TextChoices):
    """What a city does for a topic on behalf of all."""

    LEADS = "leads", _("federführend")
    WORKS_ON = "works_on", _("arbeitet mit")
    INTERESTED = "interested", _("interessiert")


class Shape(models.TextChoices):
    """How the map was cut anew."""

    MERGE = "merge", _("zusammengeführt")
    SPLIT = "split", _("aufgeteilt")


class Nudge(models.TextChoices):
    """Why people are asked to look after a city's part in a topic."""

    AHEAD = "ahead", _("Prüfung steht bevor")
    OVERDUE = "overdue", _("Prüfung überfällig")
    PEOPLE = "people", _("Ansprechperson oder Vertretung fehlt")
