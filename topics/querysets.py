"""Reads of the topics app, named for what they mean."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from cities.enums import IN_NETWORK
from cities.models import Membership
from topics.enums import Engagement, Nudge

if TYPE_CHECKING:
    from cities.models import City
    from topics.models import Leadership, Topic

AHEAD = timedelta(days=14)  # people are asked so long before the day of the check
PATIENCE = timedelta(days=14)  # and the coordination so long after it


def _outside() -> Case:
    """Orders what belongs to cities of the network before the rest."""
    return Case(
        When(city__status__in=IN_NETWORK, then=Value(0)), default=Value(1), output_field=IntegerField()
    )


class TopicQuerySet(models.QuerySet["Topic"]):
    def top_down(self) -> TopicQuerySet:
        """Parents before their children, siblings in the map's order."""
        return self.order_by("depth", "position", "sort_name")

    def roots(self) -> TopicQuerySet:
        return self.filter(parent=None)

    def live(self) -> TopicQuerySet:
        """On the map: neither retired themselves nor below a retired one."""
        return self.filter(retired_on=None, parent__retired_on=None, parent__parent__retired_on=None)

    def off_the_map(self) -> TopicQuerySet:
        """Retired themselves or below a retired one: the rest of `live`."""
        ways = ("", "parent__", "parent__parent__")
        retired = [Q(**{f"{way}retired_on__isnull": False}) for way in ways]
        return self.filter(retired[0] | retired[1] | retired[2])

    def branch_of(self, slug: str) -> TopicQuerySet:
        """The topic at this address and all below it, with their way up."""
        below = Q(slug=slug) | Q(parent__slug=slug) | Q(parent__parent__slug=slug)
        return self.filter(below).select_related("parent__parent").top_down()

    def without_leader(self) -> TopicQuerySet:
        """Gaps of the map: no city of the network leads the topic itself, one above it or one below it."""
        near = ["", "parent__", "parent__parent__", "children__", "children__children__"]
        leaderships: LeadershipQuerySet = self.model._meta.get_field("leaderships").related_model.objects  # type: ignore[union-attr]
        led = leaderships.leading().in_network().on_the_map().values("topic")
        gaps = self.live()
        for way in near:
            gaps = gaps.exclude(**{f"{way}pk__in": led})
        return gaps

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
        topics: TopicQuerySet = self.model._meta.get_field("topic").related_model.objects  # type: ignore[union-attr]
        return self.exclude(topic__in=topics.off_the_map().values("pk"))

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
        return self.filter(contact_email="", contact_phone="").exclude(self._acts_for_city("contact_user"))

    def without_deputy(self) -> LeadershipQuerySet:
        return self.filter(deputy_email="", deputy_phone="").exclude(self._acts_for_city("deputy_user"))

    def _acts_for_city(self, person: str) -> Exists:
        """The account behind a contact is open and still of the city."""
        memberships = Membership.objects.filter(
            city=OuterRef("city"), user=OuterRef(person), user__is_active=True
        )
        return Exists(memberships)

    def to_look_after(self) -> LeadershipQuerySet:
        """Whose check is due, and who lead without contact, deputy or a day for the next check.

        What is retired needs nobody, and of a city outside the network nobody can answer for a lead: if no
        other city leads there, the topic is a gap and stands among those.
        """
        lacking = self.leading()
        lacking = lacking.without_contact() | lacking.without_deputy() | lacking.filter(next_check=None)
        is_due = Q(pk__in=lacking.values("pk")) | Q(next_check__lte=timezone.localdate())
        can_answer = ~Q(engagement=Engagement.LEADS) | Q(city__status__in=IN_NETWORK)
        return self.on_the_map().filter(is_due, can_answer)

    def with_what_is_missing(self) -> LeadershipQuerySet:
        """Adds `lacks_contact` and `lacks_deputy`."""
        every = self.model._default_manager.all()
        mine = Q(pk=OuterRef("pk"))
        return self.annotate(
            lacks_contact=Exists(every.without_contact().filter(mine)),
            lacks_deputy=Exists(every.without_deputy().filter(mine)),
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
