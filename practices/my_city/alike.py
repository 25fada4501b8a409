"""What cities like ours have that we don't: which write-ups, and in which order.

Only what works or is being tried counts, and only where the city may be named: an anonymous write-up is no
candidate, not even for those who know its city.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from cities.models import City
from practices.adoption.querysets import IsAnyOf
from practices.enums import Kind, Phase, Visibility
from practices.models import Adoption, Practice, PracticeTopic
from practices.search_entry import SOURCE
from search.models import Entry

if TYPE_CHECKING:
    from accounts.models import User
    from cities.comparable.measuring import Measured

# Of each city at most so many are looked at; the page shows the first of all.
OF_EACH = 5
MEASURED = [
    "pk",
    "name",
    "slug",
    "population",
    "area_km2",
    "latitude",
    "longitude",
    "state",
    "designation",
    "urbanisation",
    "central_place",
]


@dataclass
class Offer:
    """A write-up with those of the cities like ours that have it, the most similar first."""

    pk: int
    is_new_topic: bool
    makers: list[City] = field(default_factory=list)
    takers: list[City] = field(default_factory=list)

    @property
    def nearest(self) -> City:
        return (self.makers or self.takers)[0]


def alike_rows(reader: User, own: Measured) -> QuerySet[City, Mapping[str, Any]]:
    """Cities like this one as JSON, each with what it has made and what it has taken over."""
    taken = Adoption.objects.counted().filter(city=OuterRef(OuterRef("pk")), practice__isnull=False)
    columns: dict[str, Any] = {name: F(name) for name in [*MEASURED, "distance_km"]}
    columns["made"] = ArraySubquery(_candidates(reader, own.pk, Q(city=OuterRef("pk"))))
    columns["taken"] = ArraySubquery(_candidates(reader, own.pk, IsAnyOf("pk", taken.values("practice"))))
    return City.objects.in_network().like(own).values(row=JSONObject(**columns))


def _candidates(reader: User, city: int, having: Q | IsAnyOf) -> QuerySet[Practice, Mapping[str, Any]]:
    """The most adopted first, then what was checked, then the newest."""
    # Of the one city both are lists that PostgreSQL reads once, instead of asking for each candidate.
    known = Adoption.objects.there().filter(city=city, practice__isnull=False)
    joint = Practice.partner_cities.through.objects.filter(city=city)
    primary = PracticeTopic.objects.filter(practice=OuterRef("pk"), is_primary=True)
    found = Practice.objects.published_for(reader).filter(
        having, kind=Kind.PRACTICE, phase__in=[Phase.PILOT, Phase.LIVE]
    )
    found = found.exclude(pk__in=known.values("practice")).exclude(pk__in=joint.values("practice"))
    found = found.exclude(visibility=Visibility.ANONYMOUS).exclude(city=city)
    found = found.order_by("-adopters", F("checked_on").desc(nulls_last=True), "-published_at", "-pk")
    return found.values(row=JSONObject(pk="pk", topic=Subquery(primary.values("topic")[:1])))[:OF_EACH]


def covered_topics(city: int) -> QuerySet[Entry, Mapping[str, Any]]:
    """The topics, with those above them, in which this city has published something, alone or jointly."""
    joint = Practice.partner_cities.through.objects.filter(city=city)
    ours = Practice.objects.published().filter(Q(city=city) | IsAnyOf("pk", joint.values("practice")))
    entries = Entry.objects.filter(IsAnyOf("object_id", ours.values("pk")), source=SOURCE)
    topic = Func(F("topics"), function="unnest", output_field=IntegerField())
    return entries.order_by().annotate(topic=topic).values("topic").distinct()


def offers_of(rows: Iterable[dict[str, Any]], covered: Collection[int]) -> list[Offer]:
    """What most of them have first, then topics in which we have nothing; the cities take turns."""
    offers: dict[int, Offer] = {}
    turns: dict[int, tuple[int, int]] = {}
    for place, row in enumerate(rows):
        city = _city(row)
        for name in ("made", "taken"):
            for turn, thing in enumerate(row[name] or []):
                pk = thing["pk"]
                offer = offers.setdefault(pk, Offer(pk, thing["topic"] not in covered))
                (offer.makers if name == "made" else offer.takers).append(city)
                turns.setdefault(pk, (turn, place))
    number = {pk: len(offer.makers) + len(offer.takers) for pk, offer in offers.items()}
    return sorted(
        offers.values(), key=lambda offer: (-number[offer.pk], not offer.is_new_topic, turns[offer.pk])
    )


def _city(row: dict[str, Any]) -> City:
    city = City(**{name: row[name] for name in MEASURED})
    city.distance_km = row["distance_km"]  # type: ignore[attr-defined]
    return city
