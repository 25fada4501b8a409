"""Which services of the OZG a write-up is about."""

from __future__ import annotations

import pghistory
from django.db import models

from practices.models.practice import Practice
from topics.models import Service


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PracticeService(models.Model):
    """A write-up tells something about a service; the service stays in the catalogue as long as it does."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="service_links")
    service = models.ForeignKey(Service, models.PROTECT, related_name="practice_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "service"], name="practiceservice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.service}"
