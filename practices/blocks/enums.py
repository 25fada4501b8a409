"""Vocabulary of building blocks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BlockKind(models.TextChoices):
    GUIDE = "guide", _("Leitfaden")
    TENDER = "tender", _("Ausschreibungstext")
    PROCESS = "process", _("Prozessmodell")
    CODE = "code", _("Programmcode")
    CONTRACT = "contract", _("Vertrag oder Vereinbarung")
    TRAINING = "training", _("Schulung")
    TEMPLATE = "template", _("Vorlage oder Formular")
    DATA = "data", _("Datensatz")
    OTHER = "other", _("Anderes")


# How search entries hold a kind. Stored, so a number is never given to another one.
MARKS = {
    BlockKind.GUIDE: 1,
    BlockKind.TENDER: 2,
    BlockKind.PROCESS: 3,
    BlockKind.CODE: 4,
    BlockKind.CONTRACT: 5,
    BlockKind.TRAINING: 6,
    BlockKind.TEMPLATE: 7,
    BlockKind.DATA: 8,
    BlockKind.OTHER: 9,
}


class BlockVisibility(models.TextChoices):
    PUBLIC = "public", _("alle, auch ohne Anmeldung")
    NETWORK = "network", _("nur Städte im Netzwerk")


class BlockStatus(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    RETIRED = "retired", _("nicht mehr gepflegt")


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    DL_BY = "dl-de-by-2.0", _("Datenlizenz Deutschland – Namensnennung 2.0")
    DL_ZERO = "dl-de-zero-2.0", _("Datenlizenz Deutschland – Zero 2.0")
    EUPL = "eupl-1.2", "EUPL 1.2"
    OTHER = "other", _("andere Lizenz")
    UNCLEAR = "unclear", _("noch nicht geklärt")
