"""Mails that carry a question to a city and its answer back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from practices.enums import Visibility
from practices.models import ContactRequest, Practice

QUESTIONS = "practice_questions"
KIND = MailKind(
    QUESTIONS,
    _("Fragen an mich und Antworten auf meine Fragen"),
    _("Andere Städte erreichen Sie nur so."),
    is_optional=False,
)


def send_to_city(practice: Practice, *, text: str, sender: User, reply_to: str) -> None:
    """To the contact, else the city's own office, else the coordination.

    Never to the office for an anonymous write-up: whoever reads its mail would learn what their city told in
    confidence.
    """
    contact = _person(practice)
    office = "" if practice.visibility == Visibility.ANONYMOUS else practice.city.contact_email
    send_mail(
        to=contact_of(practice) or office or settings.COORDINATION_EMAIL,
        subject=format_lazy("{}: {}", _("Frage zu Ihrem Beitrag"), practice.title),
        template="practice_question",
        context=_context(practice, text, sender),
        language=contact.language if contact else settings.LANGUAGE_CODE,
        reply_to=reply_to,
        footer=Footer.ACCOUNT if contact else Footer.CONTACT,
    )


def contact_of(practice: Practice) -> str:
    """The address of the contact; none where the account behind it is closed."""
    contact = _person(practice)
    if practice.contact_user is not None and contact is None:
        return ""
    return practice.contact_email or (contact.email if contact else "")


def _person(practice: Practice) -> User | None:
    return practice.contact_user if practice.contact_user and practice.contact_user.is_active else None


def send_copy(practice: Practice, *, text: str, sender: User) -> None:
    write_to(
        sender,
        kind=QUESTIONS,
        subject=format_lazy("{}: {}", _("Ihre Frage"), practice.title),
        template="practice_question_copy",
        context=_context(practice, text, sender),
    )


def tell_coordination(request: ContactRequest) -> None:
    send_mail(
        to=settings.COORDINATION_EMAIL,
        subject=format_lazy("{}: {}", _("Bitte weitergeben"), request.practice.title),
        template="practice_question_waits",
        context=_context(request.practice, request.text, request.sender)
        | {"url": f"{settings.BASE_URL}{reverse('desk')}"},
    )


def send_answer(request: ContactRequest) -> None:
    write_to(
        request.sender,
        kind=QUESTIONS,
        subject=format_lazy("{}: {}", _("Antwort auf Ihre Frage"), request.practice.title),
        template="practice_answer",
        context=_context(request.practice, request.text, request.sender) | {"answer": request.answer},
        reply_to=settings.COORDINATION_EMAIL,
    )


def _context(practice: Practice, text: str, sender: User) -> dict[str, Any]:
    cities = sender.memberships.in_network().select_related("city")
    return {
        "practice": practice,
        "text": text,
        "sender": sender,
        "sender_cities": ", ".join(membership.city.name for membership in cities),
        "is_anonymous": practice.visibility == Visibility.ANONYMOUS,
        "url": f"{settings.BASE_URL}{practice.get_absolute_url()}",
    }
