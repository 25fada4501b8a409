"""One message to several cities that take over the same write-up; answers go to the person who asks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.permissions import is_coordinator, roles_of
from notifications.actions import Footer, send_mail
from practices.adoption.contacts import recipient_of
from practices.adoption.querysets import AdoptionQuerySet
from practices.contacting.actions import note
from practices.contacting.mails import QUESTIONS
from practices.enums import RequestState, Visibility
from practices.models import Adoption, Practice

MOST_AT_ONCE = 10


def askable(practice: Practice, reader: User) -> AdoptionQuerySet:
    """Whom this person may ask: the adopters that they are shown, without their own cities."""
    shown = Adoption.objects.shown_to(reader).filter(practice=practice)
    return shown.exclude(city__in=list(roles_of(reader))).select_related("city", "contact_user")


def would_betray(practice: Practice, sender: User) -> bool:
    """Whether the adopters would learn from whom asks that this anonymous write-up is the own city's."""
    is_own = practice.city_id in roles_of(sender)
    return practice.visibility == Visibility.ANONYMOUS and (is_own or not is_coordinator(sender))


@transaction.atomic
def ask(*, practice: Practice, adoptions: Sequence[Adoption], text: str, by: User, key: uuid.UUID) -> None:
    """Send it, once for each `key`, through the coordination where it would betray who asks.

    Raises `practices.contacting.actions.TooManyError`.
    """
    is_hidden = would_betray(practice, by)
    state = RequestState.ADOPTERS_VIA if is_hidden else RequestState.ADOPTERS
    _request, is_new = note(practice=practice, text="", state=state, by=by, key=key)
    if not is_new:
        return
    names = ", ".join(adoption.city.name for adoption in adoptions)
    context = _context(practice, text, by) | {"names": names}
    if is_hidden:
        _send_to_coordination(context, by)
    for adoption in [] if is_hidden else adoptions:
        _send(adoption, context, by)
    write_to(
        by,
        kind=QUESTIONS,
        subject=format_lazy("{}: {}", _("Ihre Frage"), practice.title),
        template="adopters_question_copy",
        context=context | {"is_hidden": is_hidden},
    )


def _send_to_coordination(context: dict[str, Any], by: User) -> None:
    send_mail(
        to=settings.COORDINATION_EMAIL,
        subject=format_lazy("{}: {}", _("Bitte weitergeben"), context["practice"].title),
        template="adopters_question_waits",
        context=context,
        reply_to=by.email,
    )


def _send(adoption: Adoption, context: dict[str, Any], by: User) -> None:
    email, person = recipient_of(adoption)
    send_mail(
        to=email,
        subject=format_lazy("{}: {}", _("Frage zu Ihrer Übernahme"), context["practice"].title),
        template="adopters_question",
        context=context | {"city": adoption.city},
        language=person.language if person else settings.LANGUAGE_CODE,
        reply_to=by.email,
        footer=Footer.ACCOUNT if person else Footer.CONTACT,
    )


def _context(practice: Practice, text: str, sender: User) -> dict[str, Any]:
    cities = sender.memberships.in_network().select_related("city")
    return {
        "practice": practice,
        "text": text,
        "sender": sender,
        "sender_cities": ", ".join(membership.city.name for membership in cities),
        "url": f"{settings.BASE_URL}{practice.get_absolute_url()}",
    }
