"""Mails about the life of a write-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cities.enums import Role
from notifications.actions import send_mail
from practices.models import Practice


def tell_managers(practice: Practice, *, by: User) -> None:
    """A write-up waits for review; where a city has no manager the coordination is asked."""
    managers = User.objects.filter(
        is_active=True, memberships__city=practice.city_id, memberships__role=Role.MANAGER
    ).exclude(pk=by.pk)
    subject = format_lazy("{}: {}", _("Zur Prüfung"), practice.title)
    if not _send(managers, subject, "practice_submitted", practice, by=by):
        send_mail(
            to=settings.COORDINATION_EMAIL,
            subject=subject,
            template="practice_submitted",
            context=_context(practice, by),
        )


def tell_author_returned(practice: Practice, *, by: User, remark: str) -> None:
    subject = format_lazy("{}: {}", _("Bitte noch einmal ansehen"), practice.title)
    _send(_author(practice, by), subject, "practice_returned", practice, by=by, remark=remark)


def tell_author_published(practice: Practice, *, by: User) -> None:
    subject = format_lazy("{}: {}", _("Veröffentlicht"), practice.title)
    months = settings.PRACTICE_CHECK_MONTHS
    _send(_author(practice, by), subject, "practice_published", practice, by=by, months=months)


def _author(practice: Practice, by: User) -> list[User]:
    author = practice.created_by
    return [author] if author and author.is_active and author.pk != by.pk else []


def _send(
    people: Iterable[User],
    subject: Any,
    template: str,
    practice: Practice,
    *,
    by: User,
    **more: Any,
) -> int:
    """Number of people who were written to."""
    count = 0
    for count, person in enumerate(people, 1):  # noqa: B007  the last number is the result
        send_mail(
            to=person.email,
            subject=subject,
            template=template,
            context=_context(practice, by) | more | {"person": person},
            language=person.language,
        )
    return count


def _context(practice: Practice, by: User) -> dict[str, Any]:
    return {"practice": practice, "by": by, "url": f"{settings.BASE_URL}{practice.get_absolute_url()}"}
