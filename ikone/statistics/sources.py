"""What is counted: the rows behind every figure. Numbers and lists of records both read these.

So a number is always the length of the list that its link opens.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from cities.enums import NetworkStatus
from cities.models import City
from ikone.statistics.scope import UNKNOWN, Scope
from practices.checks import months_later
from practices.enums import Visibility
from practices.facets import CODES, PLACES
from practices.models import (
    Adoption,
    AdoptionFigure,
    AdoptionStep,
    ContactRequest,
    Practice,
    PracticeTopic,
    Review,
)
from practices.models.adoption import SAVINGS
from practices.search_entry import SOURCE
from search.models import Entry
from topics.models import Leadership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from practices.adoption.querysets import AdoptionFigureQuerySet

COUNTED = (NetworkStatus.MEMBER, NetworkStatus.GUEST, NetworkStatus.PAUSED)


def confirmed_since() -> dt.date:
    """Who confirmed a write-up on this day or later need not be asked yet."""
    return months_later(timezone.localdate(), -settings.PRACTICE_CHECK_MONTHS)


def cities(scope: Scope) -> QuerySet[City]:
    """In the network today and by the end of the period; with a topic those that work on it."""
    rows = City.objects.filter(scope.of_city(), status__in=COUNTED)
    rows = rows.filter(Q(joined_on=None) | Q(joined_on__lte=scope.last))
    if scope.topic:
        rows = rows.filter(pk__in=Leadership.objects.filter(topic__in=scope.topic_ids).values("city"))
    return rows


def joined_in(scope: Scope) -> Q:
    return Q(joined_on__range=(scope.first, scope.last))


def facet(name: str) -> CombinedExpression:
    """A facet of an entry out of its packed number."""
    place = PLACES[name]
    return F("facets").bitrightshift(place.shift).bitand(place.mask)


def entries(scope: Scope) -> QuerySet[Entry]:
    """Published write-ups as the search knows them: those of the end of the period that still are."""
    rows = Entry.objects.filter(source=SOURCE, date__lte=scope.last)
    if scope.topic:
        rows = rows.filter(topics__contains=[scope.topic.id])
    for name, code in codes_of(scope).items():
        rows = rows.alias(**{name: facet(name)}).filter(**{name: code})
    return rows


def codes_of(scope: Scope) -> dict[str, int]:
    """Land and size as entries have them, where they are chosen."""
    chosen = {"state": scope.state, "size": scope.size}
    return {name: 0 if value == UNKNOWN else CODES[name][value] for name, value in chosen.items() if value}


def adoptions(scope: Scope) -> QuerySet[Adoption]:
    """Entered by the end of the period and not withdrawn, by cities of the chosen part."""
    rows = Adoption.objects.there().filter(scope.of_city("city__"), created_at__lt=scope.ends_before)
    if scope.topic:
        ids = scope.topic_ids
        rows = rows.filter(Q(practice__in=_practices_on(ids)) | Q(block__topic__in=ids))
    return rows


def savings(scope: Scope) -> AdoptionFigureQuerySet:
    """Amounts of adoptions that count: confirmed by the city, and in use."""
    counted: Any = adoptions(scope)
    rows: Any = AdoptionFigure.objects.filter(adoption__in=counted.counted(), kind__in=SAVINGS)
    found: AdoptionFigureQuerySet = rows
    return found


def questions(scope: Scope) -> QuerySet[ContactRequest]:
    """Asked in the period, by the city that was asked."""
    rows = ContactRequest.objects.filter(
        scope.of_write_up("practice__"), sent_at__gte=scope.begins_at, sent_at__lt=scope.ends_before
    )
    return rows.filter(practice__in=_practices_on(scope.topic_ids)) if scope.topic else rows


def opinions(scope: Scope) -> QuerySet[Review]:
    """Given in the period and not withdrawn, by the city whose write-up it is."""
    rows = Review.objects.given().filter(
        scope.of_write_up("practice__"), given_on__range=(scope.first, scope.last)
    )
    return rows.filter(practice__in=_practices_on(scope.topic_ids)) if scope.topic else rows


def leaderships(scope: Scope) -> QuerySet[Leadership]:
    """Of the chosen part, as they are today: under topics of the map, by cities that take part now."""
    rows = Leadership.objects.leading().in_network().on_the_map().filter(scope.of_city("city__"))
    return rows.filter(topic__in=scope.topic_ids) if scope.topic else rows


def active_cities(scope: Scope) -> QuerySet[City]:
    """That gave something to the others in the period. What must not lead to a city does not count."""
    during = (scope.first, scope.last)
    # City by city, which an index tells for most of them by their first entry.
    written = entries(scope).filter(city_id=OuterRef("pk"))
    anonymous = Practice.objects.filter(visibility=Visibility.ANONYMOUS).values("pk")
    steps = AdoptionStep.objects.filter(
        adoption__in=adoptions(scope).exclude(practice__in=anonymous),
        at__gte=scope.begins_at,
        at__lt=scope.ends_before,
    )
    reviewed = Review.objects.given().filter(given_on__range=during)
    leading = Leadership.objects.filter(since__range=during)
    if scope.topic:
        reviewed = reviewed.filter(practice__in=_practices_on(scope.topic_ids))
        leading = leading.filter(topic__in=scope.topic_ids)
    return City.objects.filter(
        Q(Exists(written.filter(date__range=during)))
        | Q(Exists(written.filter(confirmed_on__range=during)))
        | Q(pk__in=steps.values("adoption__city"))
        | Q(pk__in=reviewed.filter(city__isnull=False).values("city"))
        | Q(pk__in=leading.values("city")),
        scope.of_city(),
        status__in=COUNTED,
    )


def _practices_on(topic_ids: list[int]) -> QuerySet[PracticeTopic, Any]:
    return PracticeTopic.objects.filter(topic__in=topic_ids).values("practice")
