"""The catalogue of services, and what cities say about each."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cities.models import City
from search.folding import Fold, SortKey
from topics.ozg.enums import LEVELS, MaturityModel, ProgressState, Way
from topics.ozg.querysets import ProgressQuerySet, ServiceQuerySet


def _fitting(model: MaturityModel) -> Q:
    """A level of this model; NULL would pass a range."""
    return Q(model_version=model, maturity__isnull=False, maturity__range=(0, model.highest))


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["sort_name", "folded_name"],
)
class Service(models.Model):
    """A service of the administration as the catalogue names it; `field` is its Themenfeld."""

    field = models.ForeignKey(
        "topics.Topic", models.PROTECT, related_name="services", verbose_name=_("Themenfeld")
    )
    name = models.CharField(_("Leistung"), max_length=250)
    leika_key = models.CharField(_("LeiKa-Schlüssel"), max_length=14, blank=True)
    ozg_id = models.CharField(_("OZG-ID"), max_length=5, blank=True)
    description = models.TextField(_("Beschreibung"), max_length=2_000, blank=True)
    left_on = models.DateField(_("im Katalog weggefallen am"), null=True, blank=True)
    updated_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)

    sort_name = models.GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )
    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("OZG-Leistung")
        verbose_name_plural = _("OZG-Leistungen")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="service_name_given"),
            models.CheckConstraint(
                condition=Q(leika_key__regex=r"^(\d{14})?$"),
                name="service_leika_key_fourteen_digits",
                violation_error_message=_("Ein LeiKa-Schlüssel hat 14 Ziffern."),
            ),
            models.CheckConstraint(
                condition=Q(ozg_id__regex=r"^(\d{5})?$"),
                name="service_ozg_id_five_digits",
                violation_error_message=_("Eine OZG-ID hat 5 Ziffern."),
            ),
            models.UniqueConstraint(
                fields=["leika_key"], condition=~Q(leika_key=""), name="service_leika_key_once"
            ),
            models.UniqueConstraint(
                fields=["field", "name"], condition=Q(leika_key=""), name="service_name_once_without_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topics:ozg_service", args=[self.pk])

    @property
    def keys(self) -> str:
        """„LeiKa 99… · OZG 10110“, as far as known."""
        parts = [("LeiKa", self.leika_key), ("OZG", self.ozg_id)]
        return " · ".join(f"{name}\N{NO-BREAK SPACE}{key}" for name, key in parts if key)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ServiceProgress(models.Model):
    """How far one city is with one service. What a city has said nothing about has no row."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="progress")
    city = models.ForeignKey(City, models.PROTECT, related_name="service_progress")
    state = models.CharField(_("Stand"), max_length=10, choices=ProgressState.choices)
    model_version = models.CharField(
        _("Reifegradmodell"), max_length=3, choices=MaturityModel.choices, blank=True
    )
    maturity = models.PositiveSmallIntegerField(_("Reifegrad"), null=True, blank=True)
    way = models.CharField(_("Wie"), max_length=6, choices=Way.choices, blank=True)
    office = models.CharField(_("Wen fragen?"), max_length=160, blank=True)
    email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    updated_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stand einer OZG-Leistung")
        verbose_name_plural = _("Stand der OZG-Leistungen")
        indexes = [models.Index(fields=["city", "state"], name="progress_city_state")]
        constraints = [
            models.UniqueConstraint(fields=["service", "city"], name="progress_once_per_service_and_city"),
            models.CheckConstraint(condition=Q(state__in=ProgressState.values), name="progress_state_known"),
            models.CheckConstraint(condition=Q(way__in=["", *Way.values]), name="progress_way_known"),
            models.CheckConstraint(
                condition=Q(model_version="", maturity__isnull=True)
                | _fitting(MaturityModel.V1_1)
                | _fitting(MaturityModel.V2_0),
                name="progress_maturity_fits_its_model",
                violation_error_message=_("Diesen Reifegrad gibt es in diesem Modell nicht."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.city} · {self.get_state_display()}"

    @property
    def maturity_text(self) -> str:
        """„Reifegrad 3 von 4 (Online-Dienst, Modell 1.1)“; nothing where it is not known."""
        if self.maturity is None:
            return ""
        model = MaturityModel(self.model_version)
        named = [str(LEVELS[self.maturity])] if model == MaturityModel.V1_1 else []
        return gettext("Reifegrad %(level)d von %(most)d (%(about)s)") % {
            "level": self.maturity,
            "most": model.highest,
            "about": ", ".join([*named, str(model.label)]),
        }
