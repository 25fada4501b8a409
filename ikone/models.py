"""Texts that the operator edits without code, searches that people keep, and reports that were made."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Stands on the start page and has no page of its own.
WELCOME = "willkommen"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OperatorPage(models.Model):
    """Impressum, Datenschutz, Barrierefreiheit, Leichte Sprache and the like; `body` is sanitised HTML."""

    slug = models.SlugField(_("Adresse"), max_length=60, unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    body = models.TextField(_("Text"))
    updated_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Seite des Betreibers")
        verbose_name_plural = _("Seiten des Betreibers")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("operator_page", args=[self.slug])


class SavedSearch(models.Model):
    """A search that a person keeps: an address with words and filters, under a name of theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("Name"), max_length=120)
    address = models.CharField(_("Adresse"), max_length=1_000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("gemerkte Suche")
        verbose_name_plural = _("gemerkte Suchen")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address"],
                name="savedsearch_once_a_person",
                violation_error_message=_("Diese Suche haben Sie schon gemerkt."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="savedsearch_name_given"),
            models.CheckConstraint(
                condition=Q(address__startswith="/praxis/?") | Q(address__startswith="/suche/?"),
                name="savedsearch_leads_to_a_search",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """The report about a period as two files. Made anew it replaces the old one; it is kept for a while."""

    first = models.DateField(_("von"))
    last = models.DateField(_("bis"))
    pdf = models.BinaryField()
    sheet = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Bericht")
        verbose_name_plural = _("Berichte")
        ordering = ["-last", "-first"]
        constraints = [
            models.UniqueConstraint(fields=["first", "last"], name="report_one_a_period"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.first:%d.%m.%Y} – {self.last:%d.%m.%Y}"

    @property
    def is_early(self) -> bool:
        """Whether it was made before its period ended."""
        return timezone.localdate(self.made_at) < self.last
