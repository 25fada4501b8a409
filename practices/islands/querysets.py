"""Which resembling write-ups are still a matter for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from practices.enums import Status, Visibility
from practices.islands.enums import IslandState

if TYPE_CHECKING:
    from practices.models import Island


class IslandQuerySet(models.QuerySet["Island"]):
    def open(self) -> IslandQuerySet:
        """Nobody has decided, both are still published and name their city, and nothing connects them."""
        relations: Any = apps.get_model("practices", "Relation").objects
        ends = Q(source=OuterRef("first"), target=OuterRef("second")) | Q(
            source=OuterRef("second"), target=OuterRef("first")
        )
        readable = {
            f"{end}__{name}": value
            for end in ("first", "second")
            for name, value in (("status", Status.PUBLISHED),)
        }
        return (
            self.filter(state=IslandState.OPEN, **readable)
            .exclude(first__visibility=Visibility.ANONYMOUS)
            .exclude(second__visibility=Visibility.ANONYMOUS)
            .exclude(first__city=F("second__city"))
            .exclude(Exists(relations.filter(ends)))
        )

    def decided(self) -> IslandQuerySet:
        """The latest decision first."""
        return self.exclude(state=IslandState.OPEN).order_by("-decided_at")

    def with_write_ups(self) -> IslandQuerySet:
        return self.select_related("first__city", "second__city", "decided_by", "reopened_by")
