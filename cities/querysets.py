"""Reads of the cities app, named for what they mean."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from cities.comparable import measuring
from cities.comparable.measuring import Measured
from cities.comparable.traits import BALANCED, Weights
from cities.enums import IN_NETWORK, SIZE_THRESHOLDS, NetworkStatus
from search.folding import Fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City, Invitation, JoinRequest, Membership


SHORTEST_PART = 3
# What counts as „wie unsere“: the nearest of the network, and none that has less than half in common.
MOST_ALIKE, STILL_ALIKE = 10, 0.5


class CityQuerySet(models.QuerySet["City"]):
    def in_network(self) -> CityQuerySet:
        """Members and guests."""
        return self.filter(status__in=IN_NETWORK)

    def members(self) -> CityQuerySet:
        return self.filter(status=NetworkStatus.MEMBER)

    def visible_to(self, user: User | AnonymousUser) -> CityQuerySet:
        """Cities that are or were in the network; the rest of the register is for those who admit from it."""
        if user.is_authenticated and user.is_coordinator:
            return self
        return self.exclude(status=NetworkStatus.OUTSIDE)

    def in_register(self) -> CityQuerySet:
        """Without those that were merged or dissolved."""
        return self.filter(left_register_on=None)

    def containing(self, text: str) -> CityQuerySet:
        """Names that contain every word that was typed, however Umlauts were written; digits find the AGS.

        One or two letters find the names that begin with them: the index knows no shorter parts, and half of
        all names contain an „e“.
        """
        words = text.replace("(", " ").replace(")", " ").replace(",", " ").split()
        if not words:
            return self.none() if text.strip() else self
        if len(words) == 1 and words[0].isdecimal():
            return self.filter(ags__startswith=words[0])
        if len(words) == 1 and len(words[0]) < SHORTEST_PART:
            return self.filter(folded_name__startswith=Fold(Value(words[0])))
        each = (Q(folded_name__contains=Fold(Value(word))) for word in words)
        return self.filter(functools.reduce(operator.and_, each, Q()))

    def matching_name(self, text: str) -> CityQuerySet:
        """The same, best first: the very name, names that begin with what was typed, then the largest."""
        typed = Fold(Value(text.strip()))
        rank = Case(When(folded_name=typed, then=0), When(folded_name__startswith=typed, then=1), default=2)
        return self.containing(text).order_by(rank, F("population").desc(nulls_last=True), "sort_name", "ags")

    def named(self, text: str) -> CityQuerySet:
        """Exactly this name, however Umlauts were written."""
        return self.filter(folded_name=Fold(Value(text.strip())))

    def comparable_to(self, city: City | Measured, weights: Weights = BALANCED) -> CityQuerySet:
        """The others, most similar first, with `unlikeness` from 0 to 1 and `distance_km` where it is known.

        The number only puts them in order; what people see is `cities.comparable.reasons`.
        """
        others = self.in_register().exclude(pk=city.pk).exclude(designation__in=measuring.UNINCORPORATED)
        measured: Any = others.measured_against(city, weights)
        ordered: CityQuerySet = measured.order_by("unlikeness", "ags")
        return ordered

    def measured_against(self, city: City | Measured, weights: Weights = BALANCED) -> CityQuerySet:
        """With these two numbers, the city itself included."""
        own = Measured.of(city)
        measured = self.annotate(distance_km=measuring.distance_km(own))
        return measured.annotate(unlikeness=measuring.unlikeness(own, weights))

    def nearest_to(self, city: City | Measured, number: int, weights: Weights = BALANCED) -> CityQuerySet:
        """So many of the others, annotated and ordered as by `comparable_to`.

        They are found by their ids alone, for to sort thousands of whole rows takes twice as long.
        """
        return self._whole(self.comparable_to(city, weights)[:number], city, weights)

    def like(self, city: City | Measured) -> CityQuerySet:
        """Those that count as „Städte wie unsere“, most similar first, annotated in the same way."""
        measured: Any = self.comparable_to(city)
        return self._whole(measured.filter(unlikeness__lte=STILL_ALIKE)[:MOST_ALIKE], city, BALANCED)

    def _whole(self, found: CityQuerySet, city: City | Measured, weights: Weights) -> CityQuerySet:
        cities: CityQuerySet = self.model.objects.filter(pk__in=found.values("pk"))
        whole: Any = cities.measured_against(city, weights)
        ordered: CityQuerySet = whole.order_by("unlikeness", "ags")
        return ordered

    def of_sizes(self, sizes: Collection[str]) -> CityQuerySet:
        """Of one of these size classes."""
        ceilings = [None, *(least for least, _size in SIZE_THRESHOLDS)]
        chosen = Q(pk__in=[])
        for (least, size), ceiling in zip(SIZE_THRESHOLDS, ceilings, strict=False):
            if size in sizes:
                chosen |= Q(population__gte=least) & (Q(population__lt=ceiling) if ceiling else Q())
        return self.filter(chosen)

    def counted_by_state_and_size(self) -> Counter[tuple[str, str]]:
        """Numbers by (state, value of the SizeClass or nothing where the population is unknown)."""
        classes = [When(population__gte=least, then=Value(size.value)) for least, size in SIZE_THRESHOLDS]
        size = Case(*classes, default=Value(""), output_field=models.CharField())
        rows = self.order_by().values_list("state", size).annotate(number=Count("*"))
        return Counter({(state, size): number for state, size, number in rows})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_network(self) -> MembershipQuerySet:
        """Those that count: a city that left or pauses keeps its people, but they open nothing."""
        return self.filter(city__status__in=IN_NETWORK)

    def roles_by_city(self) -> ArraySubquery:
        """For a query of people: pairs of city id and role, both as text."""
        pair = Func(
            Cast("city_id", models.TextField()),
            Cast("role", models.TextField()),
            template="ARRAY[%(expressions)s]",
            output_field=ArrayField(models.TextField()),
        )
        return ArraySubquery(self.in_network().filter(user=OuterRef("pk")).order_by().values(pair=pair))

    def for_city(self, city: City) -> MembershipQuerySet:
        return self.filter(city=city).select_related("user").order_by("user__name")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> InvitationQuerySet:
        """Sent, not answered and not withdrawn; open or expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> InvitationQuerySet:
        """Sent, not answered, not withdrawn and not expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> JoinRequestQuerySet:
        """Whose address is confirmed and who have no answer yet; the oldest first."""
        return self.filter(confirmed_at__isnull=False, decided_at=None).order_by("confirmed_at", "pk")
