"""Vocabulary of the topic map."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Engagement(models.TextChoices):
    """What a city does for a topic on behalf of all."""

    LEADS = "leads", _("federführend")
    WORKS_ON = "works_on", _("arbeitet mit")
    INTERESTED = "interested", _("interessiert")
