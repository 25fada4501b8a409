"""The letter that tells two cities of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from notifications.actions import Footer, send_mail

if TYPE_CHECKING:
    from accounts.models import User
    from practices.models import Practice
    from topics.models import Topic


def tell_city(practice: Practice, other: Practice, *, text: str, topic: Topic | None, by: User) -> None:
    """To the contact, else the city's office, else the coordination; answers go to the other city."""
    person = practice.contact_user if practice.contact_user and practice.contact_user.is_active else None
    to = _address(practice)
    send_mail(
        to=to or settings.COORDINATION_EMAIL,
        subject=format_lazy("{}: {}", _("Zwei Städte, ein Vorhaben"), practice.title),
        template="island_joined",
        context={
            "practice": practice,
            "other": other,
            "other_name": other.contact_name or str(other.city),
            "other_email": _address(other),
            "other_phone": other.contact_phone or other.city.contact_phone,
            "text": text,
            "topic": topic,
            "by": by,
            "url": f"{settings.BASE_URL}{other.get_absolute_url()}",
        },
        language=person.language if person else settings.LANGUAGE_CODE,
        reply_to=_address(other) or settings.COORDINATION_EMAIL,
        footer=Footer.ACCOUNT if person else Footer.CONTACT,
    )


def _address(practice: Practice) -> str:
    person = practice.contact_user
    if person is not None and not person.is_active:
        return practice.city.contact_email
    return practice.contact_email or (person.email if person else "") or practice.city.contact_email
