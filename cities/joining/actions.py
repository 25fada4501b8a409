"""Writes about wishes to join."""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cities import actions as cities
from cities.enums import JoinAnswer, NetworkStatus, Role
from cities.models import City, JoinRequest, Membership
from cities.people.actions import AlreadyInvitedError, hash_of, invite
from notifications.actions import Footer, send_mail

if TYPE_CHECKING:
    from accounts.models import User

LINK_DAYS = 3
KEPT_DAYS = 180  # answered wishes, after which nobody has to look who asked


class NoLongerValidError(Exception):
    """The link ran out, or the wish was answered meanwhile."""


@transaction.atomic
def ask(*, city: City, name: str, office: str, email: str, message: str, language: str) -> None:
    """Keep a wish and write the mail that confirms its address.

    Asking again sends a new link. Who has confirmed already gets no further mail, and nobody learns that.
    """
    City.objects.select_for_update().get(pk=city.pk)  # two at once would not see each other's
    email = email.lower()
    wish = JoinRequest.objects.filter(city=city, email=email, decided_at=None).first()
    if wish is not None and wish.confirmed_at:
        return
    token = secrets.token_urlsafe(32)
    wish = wish or JoinRequest(city=city, email=email)
    wish.name, wish.office, wish.message = name, office, message
    wish.token_hash = hash_of(token)
    wish.asked_at = timezone.now()
    wish.expires_at = wish.asked_at + timedelta(days=LINK_DAYS)
    wish.save()
    send_mail(
        to=email,
        subject=format_lazy(_("Bitte bestätigen: {city} möchte mitmachen"), city=city.name),
        template="join_confirm",
        context={
            "wish": wish,
            "link": urljoin(settings.BASE_URL, reverse("join_confirm", args=[token])),
            "days": LINK_DAYS,
        },
        language=language,
        footer=Footer.NONE,
    )


def wish_of(token: str) -> JoinRequest | None:
    """The wish behind a link that has not run out."""
    found = JoinRequest.objects.select_related("city").filter(token_hash=hash_of(token)).first()
    if found is None or (found.confirmed_at is None and found.expires_at <= timezone.now()):
        return None
    return found


@transaction.atomic
def confirm(*, token: str) -> None:
    """The address is right: put the wish on the desk and tell the coordination, once."""
    wish = wish_of(token)
    if wish is None:
        raise NoLongerValidError
    wish = JoinRequest.objects.select_for_update(of=("self",)).select_related("city").get(pk=wish.pk)
    if wish.confirmed_at:
        return
    wish.confirmed_at = timezone.now()
    wish.save(update_fields=["confirmed_at"])
    send_mail(
        to=settings.COORDINATION_EMAIL,
        subject=format_lazy(_("{city} möchte mitmachen"), city=wish.city.name),
        template="join_waits",
        context={
            "wish": wish,
            "link": urljoin(settings.BASE_URL, reverse("join_request", args=[wish.pk])),
        },
        reply_to=wish.email,
    )


@transaction.atomic
def admit(*, wish: JoinRequest, status: NetworkStatus, joined_on: dt.date, by: User) -> None:
    """Take the city into the network and invite who asked as its manager. Raises NoLongerValidError.

    Where somebody has admitted the city meanwhile only the invitation goes out.
    """
    wish = _undecided(wish)
    try:
        cities.admit(city=wish.city, status=status, joined_on=joined_on, by=by)
    except cities.AlreadyAdmittedError:
        wish.city.refresh_from_db()
    if not Membership.objects.filter(city=wish.city, user__email=wish.email).exists():
        with suppress(AlreadyInvitedError):  # the one that waits for its answer says the same
            invite(email=wish.email, name=wish.name, city=wish.city, role=Role.MANAGER, by=by)
    _decide(wish, JoinAnswer.ADMITTED, "", by)


@transaction.atomic
def decline(*, wish: JoinRequest, remark: str, by: User) -> None:
    """Say no, with the reason, by mail. Raises NoLongerValidError."""
    wish = _undecided(wish)
    _decide(wish, JoinAnswer.DECLINED, remark, by)
    send_mail(
        to=wish.email,
        subject=format_lazy(_("Ihre Anfrage für {city}"), city=wish.city.name),
        template="join_declined",
        context={"wish": wish},
        reply_to=settings.COORDINATION_EMAIL,
    )


def _undecided(wish: JoinRequest) -> JoinRequest:
    rows = JoinRequest.objects.waiting().select_for_update(of=("self",)).select_related("city")
    found = rows.filter(pk=wish.pk).first()
    if found is None:
        raise NoLongerValidError
    return found


def _decide(wish: JoinRequest, answer: JoinAnswer, remark: str, by: User) -> None:
    wish.answer, wish.remark = answer, remark
    wish.decided_at, wish.decided_by = timezone.now(), by
    wish.save(update_fields=["answer", "remark", "decided_at", "decided_by"])


def forget_old() -> None:
    """Delete what nobody confirmed in time, and what was answered long ago."""
    now = timezone.now()
    unconfirmed = Q(confirmed_at=None, expires_at__lt=now)
    answered = Q(decided_at__lt=now - timedelta(days=KEPT_DAYS))
    JoinRequest.objects.filter(unconfirmed | answered).delete()
