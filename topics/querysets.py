"""Reads of the topics app, named for what they mean."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from topics.enums import Engagement

if TYPE_CHECKING:
    from cities.models import City
    from topics.models import Leadership, Topic


class TopicQuerySet(models.QuerySet["Topic"]):
    def top_down(self) -> TopicQuerySet:
        """Parents before their children, siblings in the map's order."""
        return self.order_by("depth", "position", "sort_name")

    def roots(self) -> TopicQuerySet:
        return self.filter(parent=None)

    def branch_of(self, slug: str) -> TopicQuerySet:
        """The topic at this address and all below it, with their way up."""
        below = Q(slug=slug) | Q(parent__slug=slug) | Q(parent__parent__slug=slug)
        return self.filter(below).select_related("parent__parent").top_down()

    def without_leader(self) -> TopicQuerySet:
        """Gaps of the map: no city leads the topic itself, one above it or one below it."""
        near = ["", "parent__", "parent__parent__", "children__", "children__children__"]
        gaps = self
        for way in near:
            gaps = gaps.exclude(**{f"{way}leaderships__engagement": Engagement.LEADS})
        return gaps

    def with_leading_cities(self) -> TopicQuerySet:
        """Adds `leading_cities`: the names of the cities that lead the topic itself."""
        return self.annotate(
            leading_cities=ArrayAgg(
                "leaderships__city__name",
                filter=Q(leaderships__engagement=Engagement.LEADS),
                order_by="leaderships__city__sort_name",
                default=[],
            )
        )


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    def leading(self) -> LeadershipQuerySet:
        return self.filter(engagement=Engagement.LEADS)

    def by_role(self) -> LeadershipQuerySet:
        """Those who lead first, then who works on it, then who is interested; cities by name."""
        ranks = [When(engagement=value, then=Value(rank)) for rank, value in enumerate(Engagement.values)]
        return self.order_by(Case(*ranks, output_field=IntegerField()), "city__sort_name")

    def of_city(self, city: City | int) -> LeadershipQuerySet:
        return self.filter(city=city).select_related("topic__parent")

    def overdue(self) -> LeadershipQuerySet:
        """Whose check is due today or was before; oldest first."""
        return self.filter(next_check__lte=timezone.localdate()).order_by("next_check", "pk")

    def for_page_of(
        self, topic_id: int, others: Collection[int], *, most: int, own: Collection[int]
    ) -> LeadershipQuerySet:
        """Of a topic the first `most` cities of each kind and those in `own`, with the `number` of all of the
        kind; and the leading ones of other topics. With cities and people.
        """
        group = [F("topic"), F("engagement")]
        place = Window(RowNumber(), partition_by=group, order_by=F("city__sort_name").asc())
        found = self.filter(Q(topic=topic_id) | Q(topic__in=others, engagement=Engagement.LEADS)).annotate(
            place=place, number=Window(Count("pk"), partition_by=group)
        )
        return found.filter(Q(place__lte=most) | Q(city__in=own)).with_people().by_role()

    def with_people(self) -> LeadershipQuerySet:
        return self.select_related("topic", "city", "contact_user", "deputy_user")
