"""Reads of the tally."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Sum

if TYPE_CHECKING:
    from search.models import Tally


class TallyQuerySet(models.QuerySet["Tally"]):
    def for_audience(self, audience: int) -> TallyQuerySet:
        """What people of this audience may know of: an audience sees all narrower numbers too."""
        return self.filter(audience__lte=audience)

    def by_topic(self) -> dict[int, int]:
        """Number of entries by topic id; 0 is the number of all, below 0 stand marks."""
        rows = self.filter(field=0).values_list("topic").annotate(total=Sum("n")).order_by()
        return {topic: total for topic, total in rows if total}
