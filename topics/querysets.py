"""Reads of the topics app, named for what they mean."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from cities.enums import IN_NETWORK
from cities.models import City, Membership
from topics.enums import Engagement, Nudge

if TYPE_CHECKING:
    from topics.models import Leadership, Topic

AHEAD = timedelta(days=14)  # people are asked so long before the day of the check
PATIENCE = timedelta(days=14)  # and the coordination so long after it


def _outside() -> Case:
    """Orders what belongs to cities of the network before the rest."""
    return Case(
        When(city__status__in=IN_NETWORK, then=Value(0)), default=Value(1), output_field=IntegerField()
    )


def _is_missing(person: str) -> Q:
    """Nobody can be reached: no address is given, and no open account that is still of the city."""
    of_city = Membership.objects.filter(
        city=OuterRef("city"), user=OuterRef(f"{person}_user"), user__is_active=True
    )
    return Q(**{f"{person}_email": "", f"{person}_phone": ""}) & ~Q(Exists(of_city))


class TopicQuerySet(models.QuerySet["Topic"]):
    def top_down(self) -> TopicQuerySet:
        """Parents before their children, siblings in the map's order."""
        return self.order_by("depth", "position", "sort_name")

    def roots(self) -> TopicQuerySet:
        return self.filter(parent=None)

    def live(self) -> TopicQuerySet:
        """On the map: neither retired themselves nor below a retired one."""
        return self.filter(retired_on=None, parent__retired_on=None, parent__parent__retired_on=None)

    def branch_of(self, slug: str) -> TopicQuerySet:
        """The topic at this address and all below it, with their way up."""
        below = Q(slug=slug) | Q(parent__slug=slug) | Q(parent__parent__slug=slug)
        return self.filter(below).select_related("parent__parent").top_down()

    def without_leader(self) -> TopicQuerySet:
        """Gaps of the map: no city of the network leads the topic itself, one above it or one below it."""
        led = self._led().values("topic")
        gaps = self.live().exclude(pk__in=self._led_or_above())
        return gaps.exclude(parent__in=led).exclude(parent__parent__in=led)

    def unled_branches(self) -> TopicQuerySet:
        """The tops of the gaps; all that is below them belongs to the gap."""
        # What is above a gap is none only if another topic below it is led.
        return self.without_leader().filter(Q(parent=None) | Q(parent__in=self._led_or_above()))

    def _led(self) -> LeadershipQuerySet:
        leaderships: LeadershipQuerySet = self.model._meta.get_field("leaderships").related_model.objects  # type: ignore[union-attr]
        return leaderships.leading().in_network().on_the_map()

    def _led_or_above(self) -> models.QuerySet[Leadership, dict[str, int]]:
        """The topics that a city of the network leads, and all above them."""
        way_up = Func(
            "topic",
            Coalesce("topic__parent", "topic"),
            Coalesce("topic__parent__parent", "topic"),
            template="unnest(ARRAY[%(expressions)s])",
            output_field=models.BigIntegerField(),
        )
        return self._led().annotate(at=way_up).values("at")

    def with_leading_cities(self) -> TopicQuerySet:
        """Adds `leading_cities`: the names of the cities of the network that lead the topic itself."""
        return self.annotate(
            leading_cities=ArrayAgg(
                "leaderships__city__name",
                filter=Q(leaderships__engagement=Engagement.LEADS, leaderships__city__status__in=IN_NETWORK),
                order_by="leaderships__city__sort_name",
                default=[],
            )
        )


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    def leading(self) -> LeadershipQuerySet:
        return self.filter(engagement=Engagement.LEADS)

    def in_network(self) -> LeadershipQuerySet:
        """Of cities that take part; the others keep their entries, but nobody there can look after them."""
        return self.filter(city__status__in=IN_NETWORK)

    def outside_network(self) -> LeadershipQuerySet:
        """Of cities whose membership rests or that have left."""
        return self.exclude(city__status__in=IN_NETWORK)

    def on_the_map(self) -> LeadershipQuerySet:
        """Under topics that are neither retired themselves nor below a retired one."""
        way_up = ("topic", "topic__parent", "topic__parent__parent")
        return self.filter(**{f"{topic}__retired_on": None for topic in way_up})

    def by_role(self) -> LeadershipQuerySet:
        """Cities of the network before the others; those who lead first, then who works on it, then who is
        interested; cities by name.
        """
        ranks = [When(engagement=value, then=Value(rank)) for rank, value in enumerate(Engagement.values)]
        return self.order_by(_outside(), Case(*ranks, output_field=IntegerField()), "city__sort_name")

    def of_city(self, city: City | int) -> LeadershipQuerySet:
        return self.filter(city=city).select_related("topic__parent")

    def overdue(self) -> LeadershipQuerySet:
        """Whose check is due today or was before; oldest first."""
        return self.filter(next_check__lte=timezone.localdate()).order_by("next_check", "pk")

    def without_contact(self) -> LeadershipQuerySet:
        """Nobody of the city is named whom one can reach."""
        return self.filter(_is_missing("contact"))

    def without_deputy(self) -> LeadershipQuerySet:
        return self.filter(_is_missing("deputy"))

    def to_look_after(self) -> LeadershipQuerySet:
        """Whose check is due, and who lead without contact, deputy or a day for the next check.

        What is retired needs nobody, and of a city outside the network nobody can answer for a lead: if no
        other city leads there, the topic is a gap and stands among those.
        """
        leads = Q(engagement=Engagement.LEADS)
        is_lacking = _is_missing("contact") | _is_missing("deputy") | Q(next_check=None)
        is_due = (leads & is_lacking) | Q(next_check__lte=timezone.localdate())
        # Not by a join, which would read every town of the register.
        can_answer = Exists(City.objects.in_network().filter(pk=OuterRef("city")))
        return self.on_the_map().filter(is_due, ~leads | Q(can_answer))

    def with_what_is_missing(self) -> LeadershipQuerySet:
        """Adds `lacks_contact` and `lacks_deputy`."""
        return self.annotate(
            lacks_contact=ExpressionWrapper(_is_missing("contact"), BooleanField()),
            lacks_deputy=ExpressionWrapper(_is_missing("deputy"), BooleanField()),
        )

    def to_nudge(self, occasion: Nudge) -> LeadershipQuerySet:
        """Those about which somebody is to be asked now and was not asked yet; what is retired needs none."""
        today = timezone.localdate()
        asked = self.model._meta.get_field("nudges").related_model._default_manager.filter(  # type: ignore[union-attr]
            leadership=OuterRef("pk"), occasion=occasion
        )
        if occasion == Nudge.PEOPLE:
            begun = today.replace(month=today.month - (today.month - 1) % 3, day=1)
            lacking = self.leading().without_contact() | self.leading().without_deputy()
            rows = self.on_the_map().filter(pk__in=lacking.values("pk"))
            return rows.exclude(Exists(asked.filter(due_on=begun)))
        until = today + AHEAD if occasion == Nudge.AHEAD else today - PATIENCE
        rows = self.on_the_map().filter(next_check__lte=until)
        return rows.exclude(Exists(asked.filter(due_on=OuterRef("next_check"))))

    def for_page_of(
        self, topic_id: int, others: Collection[int], *, most: int, own: Collection[int]
    ) -> LeadershipQuerySet:
        """Of a topic the first `most` cities of each kind and those in `own`, with the `number` of all of the
        kind; and the leading ones of other topics. With cities and people.
        """
        group = [F("topic"), F("engagement")]
        place = Window(RowNumber(), partition_by=group, order_by=[_outside(), F("city__sort_name").asc()])
        found = self.filter(Q(topic=topic_id) | Q(topic__in=others, engagement=Engagement.LEADS)).annotate(
            place=place, number=Window(Count("pk"), partition_by=group)
        )
        return found.filter(Q(place__lte=most) | Q(city__in=own)).with_people().by_role()

    def with_people(self) -> LeadershipQuerySet:
        return self.select_related("topic", "city", "contact_user", "deputy_user")
