"""Mails about the life of a write-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.enums import Role
from cities.permissions import can_write_for
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from practices.enums import AskLevel
from practices.models import ConfirmationAsk, Practice, Review

STEPS, TO_DECIDE, REVIEWS = "practice_steps", "practice_to_decide", "practice_reviews"
STILL_TRUE = "practice_still_true"
KINDS = [
    MailKind(
        STEPS,
        _("Was mit meinen Beiträgen geschieht"),
        _("Zurückgegeben, veröffentlicht, archiviert oder wieder geöffnet."),
    ),
    MailKind(
        TO_DECIDE, _("Beiträge, die auf meine Entscheidung warten"), _("Für die Verwaltung der Stadtseite.")
    ),
    MailKind(REVIEWS, _("Meinungen anderer Städte zu meinen Beiträgen")),
    MailKind(
        STILL_TRUE,
        _("„Stimmt das noch?“ zu Beiträgen, deren Ansprechstelle ich bin"),
        _("Höchstens einmal im Jahr für jeden Beitrag."),
        is_optional=False,
    ),
]


def tell_managers(practice: Practice, *, by: User) -> None:
    """A write-up waits for review; where a city has no manager the coordination is asked."""
    managers = User.objects.filter(
        is_active=True, memberships__city=practice.city_id, memberships__role=Role.MANAGER
    ).exclude(pk=by.pk)
    subject = format_lazy("{}: {}", _("Zur Prüfung"), practice.title)
    if not _send(managers, TO_DECIDE, subject, "practice_submitted", practice, by=by):
        send_mail(
            to=settings.COORDINATION_EMAIL,
            subject=subject,
            template="practice_submitted",
            context=_context(practice, by),
        )


def tell_author_returned(practice: Practice, *, by: User, remark: str) -> None:
    subject = format_lazy("{}: {}", _("Bitte noch einmal ansehen"), practice.title)
    _send(_author(practice, by), STEPS, subject, "practice_returned", practice, by=by, remark=remark)


def tell_author_published(practice: Practice, *, by: User) -> None:
    subject = format_lazy("{}: {}", _("Veröffentlicht"), practice.title)
    months = settings.PRACTICE_CHECK_MONTHS
    _send(_author(practice, by), STEPS, subject, "practice_published", practice, by=by, months=months)


def tell_author_archived(practice: Practice, *, by: User, remark: str) -> None:
    subject = format_lazy("{}: {}", _("Archiviert"), practice.title)
    _send(_author(practice, by), STEPS, subject, "practice_archived", practice, by=by, remark=remark)


def tell_author_reopened(practice: Practice, *, by: User, remark: str) -> None:
    subject = format_lazy("{}: {}", _("Wieder geöffnet"), practice.title)
    _send(_author(practice, by), STEPS, subject, "practice_reopened", practice, by=by, remark=remark)


def tell_about_review(practice: Practice, *, review: Review, by: User) -> None:
    subject = format_lazy("{}: {}", _("Eine Meinung zu Ihrem Beitrag"), practice.title)
    more = {
        "review": review,
        "who": review.city or _("Koordination des Netzwerks"),
        "verdict": review.get_verdict_display(),
    }
    _send(_author(practice, by), REVIEWS, subject, "practice_reviewed", practice, by=by, **more)


def ask_whether_it_holds(practice: Practice, *, ask: ConfirmationAsk, token: str, days: int) -> None:
    """The yearly question; people without an account answer by the link or to the coordination."""
    person = ask.person
    is_coordination = ask.level == AskLevel.COORDINATION
    send_mail(
        to=ask.email,
        subject=format_lazy("{}: {}", _("Stimmt das noch?"), practice.title),
        template="practice_still_true",
        context={
            "practice": practice,
            "ask": ask,
            "person": person,
            "days": days,
            "can_log_in": is_coordination or person is not None,
            "link": settings.BASE_URL + reverse("practices:still_true", args=[token]),
            "edit_url": settings.BASE_URL + reverse("practices:edit", args=[practice.pk]),
            "replace_url": settings.BASE_URL + reverse("practices:replace", args=[practice.pk]),
        },
        language=person.language if person else settings.LANGUAGE_CODE,
        reply_to="" if is_coordination else settings.COORDINATION_EMAIL,
        footer=Footer.NONE if is_coordination else Footer.ACCOUNT if person else Footer.CONTACT,
    )


def _author(practice: Practice, by: User) -> list[User]:
    """Whoever wrote it, as long as they act for its city."""
    author = practice.created_by
    if author is None or author.pk == by.pk or not can_write_for(author, practice.city):
        return []
    return [author]


def _send(
    people: Iterable[User],
    kind: str,
    subject: Any,
    template: str,
    practice: Practice,
    *,
    by: User,
    **more: Any,
) -> int:
    """Number of people who were there to write to, whether or not they want such mails."""
    context = _context(practice, by) | more
    count = 0
    for count, person in enumerate(people, 1):  # noqa: B007  the last number is the result
        write_to(person, kind=kind, subject=subject, template=template, context=context)
    return count


def _context(practice: Practice, by: User) -> dict[str, Any]:
    return {"practice": practice, "by": by, "url": f"{settings.BASE_URL}{practice.get_absolute_url()}"}
