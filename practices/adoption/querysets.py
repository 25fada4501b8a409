"""Reads of the adoption ledger, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from cities.permissions import city_ids_of, is_coordinator, is_member
from practices.adoption.enums import RUNNING, AskedAs
from practices.adoption.permissions import confirming_city_ids
from practices.enums import Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Adoption, AdoptionFigure

    Person = User | AnonymousUser


class IsAnyOf(Func):
    """Has PostgreSQL look up each of few things; to a plain `IN` it reads all adoptions that there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, ids: Any) -> None:
        super().__init__(F(column), ArraySubquery(ids.order_by()))


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def there(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def confirmed(self) -> Self:
        """Somebody who answers for the adopting city stands behind it."""
        return self.there().filter(confirmed_on__isnull=False)

    def counted(self) -> Self:
        """What „übernommen“ and all sums count: confirmed, and in use as a pilot or for good."""
        return self.confirmed().filter(stage__in=RUNNING)

    def unconfirmed(self) -> Self:
        return self.there().filter(confirmed_on=None)

    def due(self) -> Self:
        """Confirmed, and the day has come to ask again."""
        return self.confirmed().filter(next_check_on__lte=timezone.localdate())

    def waiting(self) -> Self:
        """What somebody has to confirm, for the first time or again."""
        return self.there().filter(Q(confirmed_on=None) | Q(next_check_on__lte=timezone.localdate()))

    def waiting_for(self, person: Person) -> Self:
        """What this person may and should confirm for a city of theirs."""
        return self.waiting().filter(city__in=confirming_city_ids(person))

    def left_to_coordination(self) -> Self:
        """Waiting, and nobody of the city has answered, so that the coordination was asked."""
        asks: Any = apps.get_model("practices", "AdoptionAsk").objects
        asked = asks.filter(adoption=OuterRef("pk"), closed_at=None, asked_as=AskedAs.COORDINATION)
        return self.waiting().filter(Exists(asked))

    def to_connect(self) -> Self:
        """Of anonymous write-ups, where the coordination has not yet brought both cities together."""
        return self.there().filter(practice__visibility=Visibility.ANONYMOUS, connected_on=None)

    def of_own_cities(self, user: Person) -> Self:
        """All of the cities that this person acts for, withdrawn ones as well."""
        return self.filter(city__in=city_ids_of(user))

    def numbers_for(self, person: Person) -> dict[str, int]:
        """How many there are in all, how many not withdrawn, counted, and waiting for this person's word."""
        there = Q(withdrawn_at=None)
        unconfirmed = Q(confirmed_on=None) | Q(next_check_on__lte=timezone.localdate())
        numbers: dict[str, int] = self.aggregate(
            all=Count("pk"),
            there=Count("pk", filter=there),
            counted=Count("pk", filter=there & Q(confirmed_on__isnull=False, stage__in=RUNNING)),
            waiting=Count("pk", filter=there & unconfirmed & Q(city__in=confirming_city_ids(person))),
        )
        return numbers

    def as_work(self, person: Person) -> Self:
        """What waits for this person, then what else is there, then what is withdrawn; each newest first."""
        waits = When(pk__in=self.model._default_manager.all().waiting_for(person).values("pk"), then=Value(0))
        withdrawn = When(withdrawn_at__isnull=False, then=Value(2))
        return self.order_by(Case(waits, withdrawn, default=Value(1)), "-updated_at", "-pk")

    def of_readable_things(self, reader: Person) -> Self:
        """Of write-ups and blocks that this person may read, as far as the adoption gives no city away."""
        return self.filter(_of_readable(reader))

    def of_readable_practices(self, reader: Person, **of: Any) -> Self:
        """The same of certain write-ups alone, which the database finds quicker than of either kind."""
        return self.filter(IsAnyOf("practice", _readable_practices(reader).filter(**of).values("pk")))

    def of_readable_blocks(self, reader: Person, **of: Any) -> Self:
        return self.filter(IsAnyOf("block", _readable_blocks(reader).filter(**of).values("pk")))

    def shown_to(self, reader: Person) -> Self:
        """What pages of others show: to members what is there, to visitors what is confirmed."""
        return self.filter(_shown(reader))

    def visible_to(self, user: Person) -> Self:
        """What this person may open: what is shown to them, and everything of their own cities."""
        if is_coordinator(user):
            return self
        return self.filter(_shown(user) | _own(user))

    def reachable_by(self, user: Person) -> Self:
        """Whose page may be opened. What was confirmed once says there that it is being confirmed anew."""
        if is_coordinator(user):
            return self
        once = Q(withdrawn_at=None, first_confirmed_on__isnull=False) & _of_readable(user)
        return self.filter(_shown(user) | _own(user) | once)

    def confirmed_anew(self, reader: Person, **of: Any) -> ArraySubquery:
        """For a query of write-ups or blocks: which cities are just confirming anew, as JSON.

        Of these visitors learn that, and nothing of what nobody has confirmed.
        """
        once = self.there().filter(confirmed_on=None, first_confirmed_on__isnull=False)
        rows = once.filter(_of_readable(reader)).filter(**of).order_by("city__sort_name", "pk")
        return ArraySubquery(rows.values(row=JSONObject(pk="pk", city=F("city__name"))))

    def for_page(self) -> Self:
        """With what the record of one adoption shows."""
        return self.select_related(
            "practice__city", "block__city", "city", "confirmed_by", "created_by", "contact_user"
        )

    def as_rows(self, reader: Person, **of: Any) -> ArraySubquery:
        """For a query of write-ups or blocks: their adoptions as JSON, so that a page costs no more."""
        steps: Any = apps.get_model("practices", "AdoptionStep").objects
        figures: Any = apps.get_model("practices", "AdoptionFigure").objects
        step = JSONObject(stage="stage", since="since")
        figure = JSONObject(
            kind="kind",
            amount=Cast("amount", models.TextField()),
            accuracy="accuracy",
            basis="basis",
            period="period",
            source="source",
            note="note",
        )
        row = JSONObject(
            pk="pk",
            city=F("city__name"),
            slug=F("city__slug"),
            population=F("city__population"),
            city_id="city_id",
            stage="stage",
            since="since",
            remark="remark",
            adaptation="adaptation",
            experience="experience",
            confirmed_on="confirmed_on",
            next_check_on="next_check_on",
            by_coordination="by_coordination",
            is_demo="is_demo",
            steps=ArraySubquery(steps.filter(adoption=OuterRef("pk")).order_by("pk").values(row=step)),
            figures=ArraySubquery(figures.filter(adoption=OuterRef("pk")).order_by("pk").values(row=figure)),
        )
        rows = self.shown_to(reader).filter(**of).order_by("since", "pk")
        return ArraySubquery(rows.values(row=row))

    def own_row(self, reader: Person, **of: Any) -> ArraySubquery:
        """For a query of write-ups or blocks: what this person's cities have entered, as JSON."""
        rows = self.of_own_cities(reader).filter(**of).order_by("pk")
        return ArraySubquery(rows.values(row=JSONObject(pk="pk", stage="stage", withdrawn_at="withdrawn_at")))


class AdoptionFigureQuerySet(models.QuerySet["AdoptionFigure"]):
    def counted_for(self, reader: Person) -> Self:
        """Numbers of counted adoptions of what this person may read."""
        adoptions: Any = apps.get_model("practices", "Adoption").objects
        practices = apps.get_model("practices", "Practice").objects.visible_to(reader)
        blocks = apps.get_model("practices", "BuildingBlock").objects.visible_to(reader)
        readable = Q(practice__in=practices) | Q(block__in=blocks)
        return self.filter(adoption__in=adoptions.counted().filter(readable))


def _shown(reader: Person) -> Q:
    is_there = Q(withdrawn_at=None) if is_member(reader) else Q(withdrawn_at=None, confirmed_on__isnull=False)
    return is_there & _of_readable(reader)


def _of_readable(reader: Person) -> Q:
    practice = _readable_practices(reader).filter(pk=OuterRef("practice"))
    block = _readable_blocks(reader).filter(pk=OuterRef("block"))
    return Q(Exists(practice)) | Q(Exists(block))


def _readable_practices(reader: Person) -> Any:
    """Who takes over an anonymous write-up, and what they tell of it, could lead to its city: only that city,
    the adopting one and the coordination know.
    """
    practices: Any = apps.get_model("practices", "Practice").objects
    found = practices.visible_to(reader)
    if is_coordinator(reader):
        return found
    return found.exclude(Q(visibility=Visibility.ANONYMOUS) & ~Q(city__in=city_ids_of(reader)))


def _readable_blocks(reader: Person) -> Any:
    blocks: Any = apps.get_model("practices", "BuildingBlock").objects
    return blocks.visible_to(reader)


def _own(user: Person) -> Q:
    return Q(city__in=city_ids_of(user))
