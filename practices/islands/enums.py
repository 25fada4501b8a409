"""What became of two write-ups that resemble one another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IslandState(models.TextChoices):
    OPEN = "open", _("offen")
    JOINED = "joined", _("zusammengebracht")
    DISMISSED = "dismissed", _("kein Doppel")
