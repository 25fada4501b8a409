"""Asking in time: those who answer for a city's part in a topic, then its managers, then the coordination.

Where the city is not in the network now, its people can change nothing, so the coordination is asked at once.
What was asked is a row with a unique constraint, so that nobody is asked twice about the same day and a
stopped job goes on where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.enums import Role
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from topics.enums import Nudge
from topics.models import Leadership, LeadershipNudge

CHECK = MailKind(
    "leadership_check",
    _("Themen, für die ich oder meine Stadt steht"),
    _("Wenn zu prüfen ist, ob Zusage und Ansprechperson noch stimmen."),
    is_optional=False,
)
SUBJECTS = {
    Nudge.AHEAD: _("Bitte prüfen"),
    Nudge.OVERDUE: _("Prüfung überfällig"),
    Nudge.PEOPLE: _("Wen kann man anrufen?"),
}


@transaction.atomic
def nudge(*, leadership_id: int, occasion: Nudge) -> bool:
    """Ask about one entry, if it is its turn and nobody was asked yet."""
    leadership = (
        Leadership.objects.to_nudge(occasion)
        .select_for_update(of=("self",), no_key=True)
        .with_people()
        .filter(pk=leadership_id)
        .first()
    )
    if leadership is None:
        return False
    due_on = quarter_begins() if occasion == Nudge.PEOPLE else leadership.next_check
    assert due_on is not None  # noqa: S101  `to_nudge` finds nothing that is not to be checked
    LeadershipNudge.objects.create(leadership=leadership, occasion=occasion, due_on=due_on)
    if occasion == Nudge.OVERDUE or not leadership.city.is_in_network:
        _write(leadership, occasion, settings.COORDINATION_EMAIL)
        return True
    asked = 0 if occasion == Nudge.PEOPLE else _ask_contacts(leadership, occasion)
    if not asked and not _ask_managers(leadership, occasion):
        _write(leadership, occasion, settings.COORDINATION_EMAIL)
    return True


def quarter_begins() -> dt.date:
    """Missing people are asked for once a quarter."""
    today = timezone.localdate()
    return today.replace(month=today.month - (today.month - 1) % 3, day=1)


def _ask_contacts(leadership: Leadership, occasion: Nudge) -> int:
    """Contact and deputy, each once; how many could be asked."""
    asked: set[str] = set()
    pairs = (
        (leadership.contact_user, leadership.contact_email),
        (leadership.deputy_user, leadership.deputy_email),
    )
    for person, email in pairs:
        if person is not None and person.is_active and person.email.lower() not in asked:
            _write_to([person], leadership, occasion)
            asked.add(person.email.lower())
        elif person is None and email and email.lower() not in asked:
            _write(leadership, occasion, email, footer=Footer.CONTACT)
            asked.add(email.lower())
    return len(asked)


def _ask_managers(leadership: Leadership, occasion: Nudge) -> int:
    managers = User.objects.filter(
        is_active=True, memberships__city=leadership.city_id, memberships__role=Role.MANAGER
    )
    return _write_to(managers, leadership, occasion)


def _write_to(people: Iterable[User], leadership: Leadership, occasion: Nudge) -> int:
    number = 0
    for number, person in enumerate(people, 1):  # noqa: B007  the last number is the result
        write_to(
            person,
            kind=CHECK.code,
            subject=_subject(leadership, occasion),
            template="leadership_nudge",
            context=_context(leadership, occasion),
        )
    return number


def _write(leadership: Leadership, occasion: Nudge, to: str, *, footer: Footer = Footer.NONE) -> None:
    send_mail(
        to=to,
        subject=_subject(leadership, occasion),
        template="leadership_nudge",
        context=_context(leadership, occasion) | {"person": None},
        footer=footer,
        reply_to=settings.COORDINATION_EMAIL if footer == Footer.CONTACT else "",
    )


def _subject(leadership: Leadership, occasion: Nudge) -> Any:
    return format_lazy("{}: {}", SUBJECTS[occasion], leadership.topic.name)


def _context(leadership: Leadership, occasion: Nudge) -> dict[str, Any]:
    url = reverse("topics:leadership", args=[leadership.topic.slug, leadership.pk])
    return {
        "leadership": leadership,
        "occasion": occasion.value,
        "role": leadership.get_engagement_display(),
        "url": f"{settings.BASE_URL}{url}",
    }
