"""Reads of services and of cities' progress."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Value

from cities.enums import NetworkStatus
from search.folding import Fold
from topics.ozg.enums import ProgressState

if TYPE_CHECKING:
    from cities.models import City
    from topics.ozg.models import Service, ServiceProgress


class ServiceQuerySet(models.QuerySet["Service"]):
    def current(self) -> ServiceQuerySet:
        """What the catalogue has now."""
        return self.filter(left_on=None)

    def in_order(self) -> ServiceQuerySet:
        """By Themenfeld as on the map, then by name."""
        return self.order_by("field__position", "field__sort_name", "sort_name", "pk")

    def containing(self, text: str) -> ServiceQuerySet:
        """Names that contain every word, however Umlauts were written."""
        services = self
        for word in text.split():
            services = services.filter(folded_name__contains=Fold(Value(word)))
        return services

    def unused(self) -> ServiceQuerySet:
        """On which nothing hangs, of whichever app."""
        services = self
        for relation in self.model._meta.related_objects:
            if relation.on_delete is models.PROTECT:
                used = relation.related_model._base_manager.values(relation.field.name)  # type: ignore[union-attr]
                services = services.exclude(pk__in=used)
        return services


class ProgressQuerySet(models.QuerySet["ServiceProgress"]):
    def of_network(self) -> ProgressQuerySet:
        """What a city has said counts as long as it is in the network."""
        return self.filter(city__status__in=[NetworkStatus.MEMBER, NetworkStatus.GUEST])

    def of_city(self, city: City) -> ProgressQuerySet:
        return self.filter(city=city).select_related("service__field")

    def by_service(self, service_ids: Collection[int]) -> ProgressQuerySet:
        return self.of_network().filter(service__in=service_ids).select_related("city__contact_user")

    def begun(self) -> ProgressQuerySet:
        return self.filter(~Q(state=ProgressState.NOT_BEGUN))
