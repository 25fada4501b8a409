"""Reads of requests and answers, named for what they mean."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now, TruncDate

from cities.enums import IN_NETWORK
from cities.models import City
from cities.permissions import city_ids_of, is_member
from exchange.enums import STILL_OPEN, RequestVisibility, Standing
from practices.enums import Visibility
from practices.models import Practice
from topics.models import Leadership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from exchange.models import Answer, Request
    from practices.querysets import PracticeQuerySet

    Person = User | AnonymousUser

# Asked of the database, so that a statement that is kept holds tomorrow as well.
TODAY = TruncDate(Now())
PATIENCE = dt.timedelta(days=14)


def standing() -> Case:
    """`Request.standing` as an expression."""
    is_over = Q(state__in=STILL_OPEN, open_until__lt=TODAY)
    return Case(
        When(is_over, then=Value(Standing.OVERDUE.value)), default=F("state"), output_field=CharField()
    )


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, reader: Person) -> RequestQuerySet:
        """What this person may read: members everything, others what is public."""
        return self if is_member(reader) else self.filter(visibility=RequestVisibility.PUBLIC)

    def still_open(self) -> RequestQuerySet:
        """Those for which an answer is awaited; not those whose time is over or whose city takes no part."""
        return self.filter(_is_open())

    def open_first(self) -> RequestQuerySet:
        """With `place`, 0 for those that are still open; the newest first among each."""
        return self.annotate(
            place=Case(When(_is_open(), then=Value(0)), default=Value(1), output_field=models.IntegerField())
        ).order_by("place", "-pk")

    def under(self, topic: Any) -> RequestQuerySet:
        """Those of a topic and of all topics below it; the tree is three deep."""
        return self.filter(Q(topic=topic) | Q(topic__parent=topic) | Q(topic__parent__parent=topic))

    def led_by(self, city: Any) -> RequestQuerySet:
        """Those of others under topics that a city leads; `city` may be an expression."""
        led = Leadership.objects.leading().filter(
            Q(topic=OuterRef("topic"))
            | Q(topic=OuterRef("topic__parent"))
            | Q(topic=OuterRef("topic__parent__parent")),
            city=city,
        )
        return self.filter(Exists(led))

    def answered(self) -> RequestQuerySet:
        return self.filter(Exists(_answers_to_it()))

    def waiting_for_an_answer(self) -> RequestQuerySet:
        """Still open after two weeks, and nobody has answered; the longest wait first."""
        old = self.still_open().filter(created_at__lt=Now() - PATIENCE)
        return old.exclude(Exists(_answers_to_it())).order_by("created_at", "pk")

    def with_cities_of(self, reader: Person) -> RequestQuerySet:
        """With `reader_cities`, those for which this person may answer."""
        own = City.objects.filter(pk__in=city_ids_of(reader)).order_by("sort_name")
        return self.annotate(reader_cities=ArraySubquery(own.values(row=JSONObject(pk="pk", name="name"))))

    def for_cards(self) -> RequestQuerySet:
        """With `answer_number` and `answered_at`, when the last answer came."""
        return self.select_related("city", "topic").defer("city__portrait").annotate(**_answered())

    def as_rows(self) -> models.QuerySet[Request, Any]:
        """What `exchange.reading.Row` is made of, as JSON for a subquery."""
        row = JSONObject(
            pk="pk",
            title="title",
            city="city__name",
            topic="topic__name",
            standing="standing_now",
            visibility="visibility",
            open_until="open_until",
            is_demo="is_demo",
            answer_number="answer_number",
            answered_at="answered_at",
        )
        return self.annotate(standing_now=standing(), **_answered()).values(row=row)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_page(self) -> AnswerQuerySet:
        """With author, city and `practice_ids`, in the order in which they came, those that helped first."""
        links = apps.get_model("exchange", "AnswerPractice").objects.filter(answer=OuterRef("pk"))
        return (
            self.select_related("author", "city")
            .defer("city__portrait")
            .annotate(practice_ids=ArraySubquery(links.order_by("pk").values("practice_id")))
            .order_by("-helped", "pk")
        )


def pointable(reader: Person) -> PracticeQuerySet:
    """Write-ups that an answer of this person may point to: published ones that they may read.

    Never anonymous ones: who knows of them and mentions them could tell whose they are.
    """
    return Practice.objects.published_for(reader).exclude(visibility=Visibility.ANONYMOUS)


def _is_open() -> Q:
    takes_part = Q(city=None) | Q(city__status__in=IN_NETWORK)
    return takes_part & Q(state__in=STILL_OPEN, open_until__gte=TODAY)


def _answers() -> Any:
    return apps.get_model("exchange", "Answer").objects


def _answers_to_it() -> Any:
    return _answers().filter(request=OuterRef("pk"))


def _answered() -> dict[str, Any]:
    answers = _answers_to_it().order_by()
    counted = answers.values("request").annotate(number=Count("pk"))
    newest = answers.order_by("-created_at").values("created_at")[:1]
    return {
        "answer_number": Coalesce(Subquery(counted.values("number")), 0, output_field=models.IntegerField()),
        "answered_at": Subquery(newest),
    }
