"""Mails about adoptions. Of an anonymous write-up only the coordination hears who takes it over."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.permissions import can_write_for
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from practices.adoption.changes import reason_for
from practices.adoption.contacts import recipient_of
from practices.adoption.numbers import lines_of
from practices.contacting.mails import contact_of
from practices.enums import Visibility
from practices.models import Adoption, Practice
from practices.partial_dates import display

TO_CONFIRM, ADOPTED = "adoption_to_confirm", "adoption_of_mine"
KINDS = [
    MailKind(
        TO_CONFIRM,
        _("Übernahmen meiner Stadt, die zu bestätigen sind"),
        _("Für Leitung und Verwaltung: wenn etwas eingetragen wird, und höchstens einmal im Jahr."),
        is_optional=False,
    ),
    MailKind(ADOPTED, _("Wenn eine Stadt einen meiner Beiträge übernimmt")),
]


def tell_about(adoption: Adoption, *, by: User) -> None:
    """To whoever wrote it; where its city is anonymous, to the coordination, which connects both."""
    practice = adoption.practice
    if practice and practice.visibility == Visibility.ANONYMOUS:
        send_mail(
            to=settings.COORDINATION_EMAIL,
            subject=format_lazy("{}: {}", _("Bitte zusammenbringen"), practice.title),
            template="adoption_to_connect",
            context=_context(adoption) | {"by": by, "url": _url("adoption:ledger") + "?zeigen=anonym"},
        )
        return
    author = adoption.subject.created_by
    if author and author.pk != by.pk and can_write_for(author, adoption.subject.city):
        write_to(
            author,
            kind=ADOPTED,
            subject=format_lazy("{}: {}", adoption.city.name, adoption.subject.title),
            template="adoption_of_mine",
            context=_context(adoption),
        )


def introduce(adoption: Adoption) -> None:
    """Both contacts of an anonymous write-up's adoption are told of each other.

    Never to an office: whoever reads its mail need not know what the cities tell each other in confidence.
    """
    practice = adoption.practice
    assert practice is not None  # noqa: S101  only write-ups are anonymous
    author, adopter = contact_of(practice), recipient_of(adoption, with_office=False)
    theirs: dict[str, Any] = {"name": practice.contact_name, "email": author, "other": practice.city}
    ours: dict[str, Any] = {"name": _name_of(*adopter, adoption), "email": adopter[0], "other": adoption.city}
    for to, person, told in (
        (author, practice.contact_user, ours | {"is_author": True}),
        (*adopter, theirs | {"is_author": False}),
    ):
        send_mail(
            to=to,
            subject=format_lazy("{}: {}", _("Zusammengebracht"), practice.title),
            template="adoption_connected",
            context=_context(adoption) | told,
            language=person.language if person else settings.LANGUAGE_CODE,
            reply_to=told["email"],
            footer=Footer.ACCOUNT if person else Footer.CONTACT,
        )


def _name_of(email: str, person: User | None, adoption: Adoption) -> str:
    """Of the one to whom the mail goes, who need not be the one that the entry names."""
    if email == adoption.contact_email or (person and person == adoption.contact_user):
        return adoption.contact_name
    return person.name if person else ""


def ask_to_confirm(adoption: Adoption, *, person: User | None, token: str, days: int) -> None:
    """The question with its link: to one person of the city. Without a person the coordination is told."""
    context = _context(adoption) | {
        "days": days,
        "since": display(adoption.since),
        "numbers": lines_of(adoption),
        "is_again": adoption.confirmed_on is not None,
        "was_confirmed": adoption.first_confirmed_on is not None,
        "reason": reason_for(adoption),
        "link": f"{settings.BASE_URL}{reverse('adoption:answer', args=[token])}?stand={adoption.version}",
    }
    wish = _("Bitte bestätigen") if person else _("Noch nicht bestätigt")
    subject = format_lazy("{}: {}", wish, _title(adoption))
    if person:
        write_to(person, kind=TO_CONFIRM, subject=subject, template="adoption_to_confirm", context=context)
    else:
        send_mail(
            to=settings.COORDINATION_EMAIL,
            subject=subject,
            template="adoption_unanswered",
            context=context,
            footer=Footer.NONE,
        )


def _title(adoption: Adoption) -> str:
    """What a draft is called is its own city's affair."""
    subject: Any = adoption.subject
    is_draft = isinstance(subject, Practice) and subject.status in {"draft", "in_review"}
    return str(_("eine Übernahme Ihrer Stadt")) if is_draft else subject.title


def _context(adoption: Adoption) -> dict[str, Any]:
    return {
        "adoption": adoption,
        "city": adoption.city,
        "title": _title(adoption),
        "stage": adoption.get_stage_display(),
        "url": settings.BASE_URL + adoption.get_absolute_url(),
    }


def _url(name: str) -> str:
    return settings.BASE_URL + reverse(name)
