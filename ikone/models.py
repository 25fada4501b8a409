"""Texts that the operator edits without code."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


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
