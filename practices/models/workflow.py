"""What happened to a write-up on its way."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from practices.enums import Step
from practices.models.practice import Practice


class WorkflowStep(models.Model):
    """One step of a write-up's life, with the remark that went with it. Rows are never changed."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=Step.choices)
    remark = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.practice} · {self.get_step_display()}"
