"""Vocabulary of a write-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PRACTICE = "practice", _("Praxisbeispiel")
    LESSON = "lesson", _("Erfahrung")
    STOPPED = "stopped", _("Beendetes Vorhaben")
    PLAN = "plan", _("Vorhaben")


class Phase(models.TextChoices):
    IDEA = "idea", _("Idee")
    PLANNED = "planned", _("geplant")
    PILOT = "pilot", _("im Pilotbetrieb")
    LIVE = "live", _("im Einsatz")
    ENDED = "ended", _("beendet")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("öffentlich")
    NETWORK = "network", _("nur für das Netzwerk")
    ANONYMOUS = "anonymous", _("anonym im Netzwerk")


class Status(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    IN_REVIEW = "in_review", _("in Prüfung")
    PUBLISHED = "published", _("veröffentlicht")
    ARCHIVED = "archived", _("archiviert")


class Step(models.TextChoices):
    """What happened to a write-up on its way."""

    CREATED = "created", _("angelegt")
    SUBMITTED = "submitted", _("eingereicht")
    RETURNED = "returned", _("zurückgegeben")
    PUBLISHED = "published", _("veröffentlicht")
    ARCHIVED = "archived", _("archiviert")
    REOPENED = "reopened", _("wieder geöffnet")
    CONFIRMED = "confirmed", _("bestätigt")
