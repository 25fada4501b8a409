"""Writes about opinions. Each keeps „geprüft“ on the write-up and in the search in line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from accounts.models import User
from cities.permissions import city_ids_of
from practices import mails, search_entry
from practices.enums import Status, Verdict
from practices.models import Practice, Review
from practices.reviews.permissions import engaged_cities
from topics.enums import Engagement
from topics.models import Leadership

if TYPE_CHECKING:
    from cities.models import City


class NotOpenError(Exception):
    """The write-up is not published any more, or the opinion was withdrawn meanwhile."""


@dataclass(frozen=True)
class Opinion:
    """What somebody says about a write-up."""

    verdict: Verdict
    convinced: str = ""
    caution: str = ""


@transaction.atomic
def give(*, practice: Practice, opinion: Opinion, by: User) -> Review:
    """Write an opinion or revise one's own; it counts for the text as it is now. Raises NotOpenError."""
    with pghistory.context(user=by.pk):
        practice = (
            Practice.objects.select_related("city", "created_by")
            .select_for_update(of=("self",))
            .get(pk=practice.pk)
        )
        if practice.status != Status.PUBLISHED:
            raise NotOpenError
        own = Review.objects.given().filter(practice=practice, author=by).first()
        review = own or Review(practice=practice, author=by, city=_speaks_for(by, practice))
        review.verdict, review.convinced, review.caution = opinion.verdict, opinion.convinced, opinion.caution
        review.practice_version = practice.version
        review.given_on = timezone.localdate()
        review.save()
        _bring_in_line(practice)
        if own is None:
            mails.tell_about_review(practice, review=review, by=by)
    return review


@transaction.atomic
def withdraw(*, review: Review, by: User) -> None:
    """Take an opinion back; its row and history stay. Raises NotOpenError when it was withdrawn before."""
    with pghistory.context(user=by.pk):
        practice = Practice.objects.select_for_update(of=("self",)).get(pk=review.practice_id)
        review = Review.objects.select_for_update().get(pk=review.pk)
        if review.withdrawn_at:
            raise NotOpenError
        review.withdrawn_at = timezone.now()
        review.save(update_fields=["withdrawn_at"])
        _bring_in_line(practice)


def _speaks_for(person: User, practice: Practice) -> City | None:
    """The city by which this person may speak, one that leads before one that works on it."""
    leads_first = Case(
        When(engagement=Engagement.LEADS, then=Value(0)), default=1, output_field=IntegerField()
    )
    found = Leadership.objects.filter(
        engaged_cities(person, practice.pk), city__in=city_ids_of(person)
    ).select_related("city")
    first = found.order_by(leads_first, "pk").first()
    return first.city if first else None


def _bring_in_line(practice: Practice) -> None:
    """„Geprüft“ is the latest opinion that does not doubt."""
    latest = Review.objects.given().filter(practice=practice).exclude(verdict=Verdict.DOUBTS).first()
    practice.checked_on = latest.given_on if latest else None
    practice.checked_version = latest.practice_version if latest else None
    practice.save(update_fields=["checked_on", "checked_version"])
    search_entry.refresh(practice)
