"""Who is asked to confirm an adoption: the city's managers and leader; then the coordination is told.

At once when something new is entered, then every year. What was asked is a row, so the daily job can be
stopped at any point and goes on where it was.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from practices.adoption import mails
from practices.adoption.contacts import people_of
from practices.adoption.enums import AskedAs
from practices.confirming.rounds import LINK_DAYS, hash_of
from practices.models import Adoption, AdoptionAsk

if TYPE_CHECKING:
    from datetime import date

    from practices.adoption.querysets import AdoptionQuerySet

# After so many days without an answer a confirmation holds no more.
LAPSES_AFTER_DAYS = 90


def ask_city(adoption: Adoption, *, by: User | None = None) -> int:
    """Ask all who may confirm for the city and have no open question yet; returns how many.

    Of a city that is not in the network now that is nobody.
    Whoever enters it does not get a mail about their own entry. Call it in the transaction of what is new.
    """
    people = people_of(adoption.city_id)
    asked = adoption.asks.filter(closed_at=None, asked_as=AskedAs.CITY).values("person")
    found = people.exclude(pk__in=asked)
    new = list(found.exclude(pk=by.pk) if by else found)
    for person in new:
        _ask(adoption, AskedAs.CITY, person)
    return len(new)


@transaction.atomic
def ask_again(adoption: Adoption) -> int:
    """Begin anew with the city, of which nobody has answered; returns how many were asked."""
    row = Adoption.objects.select_for_update().waiting().filter(pk=adoption.pk).first()
    if row is None or not people_of(adoption.city_id).exists():
        return 0
    close(adoption)
    return ask_city(adoption)


def close(adoption: Adoption) -> None:
    """End all open questions; call it in the transaction of what answers them."""
    adoption.asks.filter(closed_at=None).update(closed_at=timezone.now())


@transaction.atomic
def ask_next(*, adoption_id: int) -> bool:
    """Ask the next ones about an adoption whose turn it is; whether anybody was asked."""
    found = to_ask_about().filter(pk=adoption_id).select_related("city", "practice__city", "block__city")
    adoption = found.select_for_update(of=("self",)).first()
    if adoption is None:
        return False
    if not adoption.asks.filter(closed_at=None).exists() and ask_city(adoption):
        return True
    _ask(adoption, AskedAs.COORDINATION, None)
    return True


def to_ask_about() -> AdoptionQuerySet:
    """Waiting for a confirmation, nobody was asked whose answer may still come, nor the coordination yet."""
    pause = timezone.now() - timedelta(days=settings.PRACTICE_CHECK_PAUSE_DAYS)
    asks = AdoptionAsk.objects.filter(adoption=OuterRef("pk"), closed_at=None)
    recent = asks.filter(asked_at__gt=pause)
    # What has been entered or changed a moment ago is asked about by whoever did it.
    is_fresh = Q(confirmed_on=None, updated_at__gt=pause) & ~Exists(asks)
    return (
        Adoption.objects.waiting()
        .exclude(is_fresh)
        .exclude(Exists(recent))
        .exclude(Exists(asks.filter(asked_as=AskedAs.COORDINATION)))
    )


def lapse_day() -> date:
    """What had to be confirmed again before this day counts no more."""
    return timezone.localdate() - timedelta(days=LAPSES_AFTER_DAYS)


def ask_of(token: str) -> AdoptionAsk | None:
    """The question that this link belongs to, open or not."""
    related = AdoptionAsk.objects.select_related(
        "adoption__city", "adoption__practice__city", "adoption__block__city", "person"
    )
    return related.filter(token_hash=hash_of(token)).first()


def is_open(ask: AdoptionAsk) -> bool:
    return ask.closed_at is None and ask.expires_at > timezone.now() and ask.adoption.withdrawn_at is None


def _ask(adoption: Adoption, asked_as: AskedAs, person: User | None) -> None:
    token = secrets.token_urlsafe(32)
    AdoptionAsk.objects.create(
        adoption=adoption,
        asked_as=asked_as,
        person=person,
        expires_at=timezone.now() + timedelta(days=LINK_DAYS),
        token_hash=hash_of(token),
    )
    mails.ask_to_confirm(adoption, person=person, token=token, days=LINK_DAYS)
