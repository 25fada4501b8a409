"""Reads of the topics app, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from topics.enums import Engagement

if TYPE_CHECKING:
    from topics.models import Leadership, Topic


class TopicQuerySet(models.QuerySet["Topic"]):
    pass


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    def leading(self) -> LeadershipQuerySet:
        return self.filter(engagement=Engagement.LEADS)
