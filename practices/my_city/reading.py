"""All that „Mein Bereich“ shows of write-ups, in two queries: which ones, then their cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from cities.comparable.measuring import Measured
from cities.comparable.own import own_city
from cities.comparable.traits import BALANCED
from cities.permissions import audience_of, city_ids_of
from cities.readers import KeptForReaders
from practices.adoption.giving import taken_from, takers
from practices.cards import Card, cards_of_values
from practices.enums import Status
from practices.models import Adoption, Practice
from practices.my_city.alike import Offer, alike_rows, covered_topics, offers_of
from practices.search_entry import SOURCE
from search.kept import IsOneOf
from search.models import Entry
from topics.models import Leadership

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cities.models import City

OF_MINE, OF_OFFERS, OF_NEW = 10, 5, 4
LATEST = 2_000  # write-ups in which new ones are looked for
COUNTED = [Status.PUBLISHED, Status.IN_REVIEW, Status.DRAFT]
NUMBERS = [*(status.value for status in COUNTED), "taken"]
WHICH, CARDS = KeptForReaders(), KeptForReaders()


class Own(NamedTuple):
    """What else than its card is shown of a write-up of one's own."""

    pk: int
    city_id: int
    status: str
    created_by_id: int | None
    updated_at: dt.datetime

    @property
    def state(self) -> str:
        return str(Status(self.status).label)


@dataclass(frozen=True)
class MyCity:
    """`own` are the reader's own drafts and what their cities have written last, with their cards.

    `offers` is what cities like theirs have, `new` what others have published in their topics; `numbers` are
    those of `city`, the first of their cities, None for people without one.
    """

    city: City | None
    own: list[tuple[Own, Card]]
    offers: list[tuple[Offer, Card]]
    new: list[Card]
    numbers: dict[str, int]


def my_city(request: HttpRequest) -> MyCity:
    """Read once a request."""
    known: MyCity | None = getattr(request, "_my_city", None)
    if known is None:
        assert isinstance(request.user, User)  # noqa: S101  the page is for members
        known = _read(request.user)
        request._my_city = known  # type: ignore[attr-defined]
    return known


def _read(user: User) -> MyCity:
    city = own_city(user)
    found = _which(user, city)
    own = found["own"] or []  # Django gives None where conditions exclude everything
    offers = offers_of(found["alike"] or [], found["covered"] or [])[:OF_OFFERS] if city else []
    new = (found["new"] or []) if city else []
    cards = _cards([*own, *(offer.pk for offer in offers), *new], user)
    own_cities = city_ids_of(user)
    return MyCity(
        city=city,
        own=[cards[pk] for pk in own if pk in cards],
        offers=[(offer, cards[offer.pk][1]) for offer in offers if offer.pk in cards],
        new=[cards[pk][1] for pk in new if pk in cards and cards[pk][0].city_id not in own_cities],
        numbers=_counted(found) if city else {},
    )


def _which(user: User, city: City | None) -> dict[str, Any]:
    """Ids and numbers, all in one row."""

    def build(reader: User, city: int = 0, **known: float | str) -> models.QuerySet[User, dict[str, Any]]:
        own = Practice.objects.of_own_cities(reader).drafts_first(reader)
        columns: dict[str, Any] = {"own": ArraySubquery(own.values("pk")[:OF_MINE])}
        if city:
            columns |= {
                "alike": ArraySubquery(alike_rows(reader, Measured(city, known))),
                "covered": ArraySubquery(covered_topics(city)),
                "new": ArraySubquery(_new(reader)),
                **_numbers(reader, city),
            }
        return User.objects.filter(pk=reader.pk).order_by().annotate(**columns).values(*columns)

    if not city:
        [found] = WHICH.rows(user, None, build)
    else:
        own = Measured.of(city).counting(BALANCED)
        [found] = WHICH.rows(user, own.shape, build, city=own.pk, **own.known)
    row: dict[str, Any] = found
    return row


def _new(user: User) -> models.QuerySet[Entry, Mapping[str, Any]]:
    """The newest of others in the topics for which the reader's cities stand.

    Only the last of all count as new: without an end PostgreSQL would look through everything where these
    topics have little or the cities stand for none.
    """
    cities = city_ids_of(user)
    topics = Leadership.objects.filter(city__in=cities).order_by().values("topic")
    latest = Entry.objects.filter(source=SOURCE).order_by("-date", "-id")
    begin = Coalesce(Subquery(latest.values("date")[LATEST : LATEST + 1]), dt.date.min)
    entries = latest.filter(
        audience__lte=audience_of(user), topics__overlap=ArraySubquery(topics), date__gte=begin
    )
    return entries.exclude(city_id__in=cities).values("object_id")[:OF_NEW]


def _counted(found: Mapping[str, Any]) -> dict[str, int]:
    """The numbers of `_numbers`, and `given_to`, how many cities have taken over something."""
    takers = {*(found["takers_of_practices"] or ()), *(found["takers_of_blocks"] or ())}
    return {**{name: found[name] for name in NUMBERS}, "given_to": len(takers)}


def _numbers(user: User, city: int) -> dict[str, Any]:
    """How the city stands, counted in the same way as the lists to which the numbers lead."""
    practices = Practice.objects.of_own_cities(user)
    of_practices, of_blocks = taken_from(user, city)
    return {
        **{status.value: _number(practices.filter(status=status)) for status in COUNTED},
        "takers_of_practices": takers(of_practices),
        "takers_of_blocks": takers(of_blocks),
        "taken": _number(Adoption.objects.counted().of_own_cities(user)),
    }


def _number(rows: models.QuerySet[Any]) -> Coalesce:
    """A number over all rows, as an expression."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return Coalesce(Subquery(grouped.values("number"), output_field=models.IntegerField()), 0)


def _cards(ids: list[int], user: User) -> dict[int, tuple[Own, Card]]:
    """By id, what this person may read of them."""
    if not ids:
        return {}

    def build(reader: User, ids: list[int]) -> models.QuerySet[Practice, tuple[Any, ...]]:
        return Practice.objects.visible_to(reader).filter(IsOneOf("pk", ids)).card_values(*Own._fields)

    rows = CARDS.rows(user, (), build, ids=ids)
    return {pk: (Own._make(own), card) for pk, (card, own) in cards_of_values(rows, user).items()}
