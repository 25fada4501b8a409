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


class Basis(models.TextChoices):
    """What a number rests on. There is none without it."""

    MEASURED = "measured", _("gemessen")
    ESTIMATED = "estimated", _("geschätzt")


class Accuracy(models.TextChoices):
    """How a number is meant; most sources say more or less than they seem to."""

    EXACT = "", ""
    ABOUT = "about", _("rund")
    AT_MOST = "at_most", _("bis zu")
    AT_LEAST = "at_least", _("mindestens")
    OVER = "over", _("über")


class FigureKind(models.TextChoices):
    """What an amount is of; the kind decides the unit."""

    COST_ONCE = "cost_once", _("Kosten einmalig")
    COST_YEARLY = "cost_yearly", _("Kosten im Jahr")
    EFFORT_DAYS = "effort_days", _("Aufwand in Personentagen")
    SAVING_ONCE = "saving_once", _("Ersparnis einmalig")
    SAVING_YEARLY = "saving_yearly", _("Ersparnis im Jahr")
    SAVING_DAYS = "saving_days", _("Ersparnis in Personentagen im Jahr")

    @property
    def short_label(self) -> str:
        """Where the amount says its unit anyway."""
        short = {FigureKind.EFFORT_DAYS: _("Aufwand"), FigureKind.SAVING_DAYS: _("Ersparnis im Jahr")}
        return str(short.get(self, self.label))

    @property
    def is_money(self) -> bool:
        return self not in {FigureKind.EFFORT_DAYS, FigureKind.SAVING_DAYS}


class Offer(models.TextChoices):
    """What a city gives to others who want to do the same."""

    TALK = "talk", _("Vortrag")
    VISIT = "visit", _("Besuch vor Ort")
    DOCUMENTS = "documents", _("Dokumente")
    JOINT_USE = "joint_use", _("gemeinsame Nutzung")


class RelationKind(models.TextChoices):
    """How a write-up is connected with another, seen from the one that says so."""

    RELATED = "related", _("ist verwandt mit")
    BUILDS_ON = "builds_on", _("baut auf")
    PART_OF = "part_of", _("ist Teil von")
    REPLACED_BY = "replaced_by", _("wird ersetzt durch")


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
    WITHDRAWN = "withdrawn", _("zurückgezogen")
    PUBLISHED = "published", _("veröffentlicht")
    ARCHIVED = "archived", _("archiviert")
    REOPENED = "reopened", _("wieder geöffnet")
    CONFIRMED = "confirmed", _("bestätigt")


class AskLevel(models.TextChoices):
    """Who is asked whether a write-up still holds, in this order."""

    CONTACT = "contact", _("Ansprechstelle")
    DEPUTY = "deputy", _("Vertretung")
    COORDINATION = "coordination", _("Koordination")


class Answer(models.TextChoices):
    """What ended a round of asking."""

    CONFIRMED = "confirmed", _("bestätigt")
    REPLACED = "replaced", _("ersetzt")
    ARCHIVED = "archived", _("archiviert")


class RequestState(models.TextChoices):
    """Where a question to a city is."""

    DIRECT = "direct", _("an die Stadt geschickt")
    ADOPTERS = "adopters", _("an Städte geschickt, die es übernehmen")
    ADOPTERS_VIA = "via", _("an die Koordination geschickt, die es den Städten weitergibt")
    WAITING = "waiting", _("liegt bei der Koordination")
    PASSED_ON = "passed_on", _("an die Stadt weitergegeben")
    ANSWERED = "answered", _("beantwortet")


class Verdict(models.TextChoices):
    """What somebody of another city makes of a write-up. No score: the words beside it count."""

    CONVINCES = "convinces", _("überzeugt mich")
    LIMITS = "limits", _("überzeugt mich mit Einschränkungen")
    DOUBTS = "doubts", _("überzeugt mich noch nicht")


class TagChangeKind(models.TextChoices):
    """What became of tags."""

    MERGE = "merge", _("zusammengeführt oder umbenannt")
    TOPIC = "topic", _("zu einem Thema geworden")
