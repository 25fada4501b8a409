"""Reads about the life of a write-up after it is published: what is due, what lost its contact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from cities.models import Membership
from cities.permissions import is_coordinator
from practices.enums import AskLevel, RelationKind, RequestState, Status
from topics.permissions import managed_city_ids

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import ConfirmationAsk, ContactRequest, Practice, Review


class FollowedQuerySet(models.QuerySet["Practice"]):
    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def checked(self) -> Self:
        """Those of which somebody of another city or the coordination says that they convince."""
        return self.filter(checked_on__isnull=False)

    def due(self) -> Self:
        """Published, not replaced, and the day has come to ask whether it still holds."""
        relations: Any = apps.get_model("practices", "Relation").objects
        successors = relations.filter(source=OuterRef("pk"), kind=RelationKind.REPLACED_BY)
        return self.published().filter(~Exists(successors), next_check_on__lte=timezone.localdate())

    def to_ask_about(self) -> Self:
        """Due, and nobody was asked in this round whose answer may still come; see practices.confirming."""
        pause = timedelta(days=settings.PRACTICE_CHECK_PAUSE_DAYS)
        asks = self._open_asks()
        waits = asks.filter(asked_at__gt=timezone.now() - pause)
        return self.due().exclude(Exists(waits)).exclude(Exists(asks.filter(level=AskLevel.COORDINATION)))

    def left_to_coordination(self) -> Self:
        """Due, and neither contact nor deputy has answered."""
        return self.due().filter(Exists(self._open_asks().filter(level=AskLevel.COORDINATION)))

    def _open_asks(self) -> models.QuerySet[ConfirmationAsk]:
        asks: Any = apps.get_model("practices", "ConfirmationAsk").objects
        found: models.QuerySet[ConfirmationAsk] = asks.filter(
            round__practice=OuterRef("pk"), round__closed_at=None
        )
        return found

    def orphaned(self) -> Self:
        """Whose contact is gone: closed, acting for none of its cities any more, or never named."""
        # Asked apart, each by equality alone: so PostgreSQL reads memberships once, not for every write-up.
        acting = Membership.objects.in_network().filter(user=OuterRef("contact_user"))
        in_city = Exists(acting.filter(city=OuterRef("city")))
        in_partner = Exists(acting.filter(city__partner_practices=OuterRef("pk")))
        is_gone = Q(contact_user__is_active=False) | (
            Q(contact_user__is_coordinator=False) & ~in_city & ~in_partner
        )
        has_none = Q(contact_user=None, contact_email="", contact_phone="") & ~Q(status=Status.DRAFT)
        gone = Q(contact_user__isnull=False) & is_gone
        return self.exclude(status=Status.ARCHIVED).filter(gone | has_none)

    def orphaned_for(self, user: User | AnonymousUser) -> Self:
        """Those for which this person may find a new contact."""
        orphaned = self.orphaned()
        return orphaned if is_coordinator(user) else orphaned.filter(city__in=managed_city_ids(user))


class ReviewQuerySet(models.QuerySet["Review"]):
    def given(self) -> ReviewQuerySet:
        """Those that count: not withdrawn; the newest first."""
        return self.filter(withdrawn_at=None)

    def of_practice(self) -> ArraySubquery:
        """For a query of write-ups: their opinions as JSON, so that a page costs no further query."""
        said = JSONObject(
            author_id="author_id",
            author="author__name",
            city="city__name",
            verdict="verdict",
            convinced="convinced",
            caution="caution",
            version="practice_version",
            given_on="given_on",
        )
        return ArraySubquery(self.given().filter(practice=OuterRef("pk")).values(said=said))


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def to_pass_on(self) -> ContactRequestQuerySet:
        """What the coordination has still to do something about."""
        return self.filter(state__in=[RequestState.WAITING, RequestState.PASSED_ON])

    def latest_of(self, sender: User | AnonymousUser) -> ArraySubquery:
        """For a query of write-ups: this person's last question as JSON, at most one."""
        own = self.filter(sender=sender.pk, practice=OuterRef("pk"))
        return ArraySubquery(own.values(asked=JSONObject(state="state", sent_at="sent_at"))[:1])
