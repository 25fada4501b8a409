"""Mails about requests: who may know something hears of it, and who asked hears of answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.enums import Role
from cities.models import Membership
from cities.permissions import is_member
from exchange.models import Answer, Request
from exchange.permissions import can_edit
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from topics.models import Leadership
from topics.tree import TopicTree

NEW, ANSWERS = "request_new", "request_answers"
KINDS = [
    MailKind(NEW, _("Neue Gesuche zu Themen, für die meine Stadt federführend ist")),
    MailKind(ANSWERS, _("Antworten auf meine Gesuche")),
]


def tell_about(request: Request, *, by: User) -> None:
    """A new request: to who speaks for its topic; to the coordination where nobody there gets it."""
    people = list(_speaking_for(request).exclude(pk=by.pk))
    subject = format_lazy("{}: {}", _("Neues Gesuch"), request.title)
    told = [
        write_to(person, kind=NEW, subject=subject, template="request_new", context=_context(request, by))
        for person in people
    ]
    if not any(told) and not by.is_coordinator:
        send_mail(
            to=settings.COORDINATION_EMAIL,
            subject=subject,
            template="request_new",
            context=_context(request, by) | {"person": "", "is_unled": True},
        )


def _speaking_for(request: Request) -> QuerySet[User]:
    """Contacts and deputies of the cities that lead the topic or one above it, and these cities' managers.

    What is for the network is told to no contact who does not work for one of its cities any more.
    """
    above = [node.id for node in TopicTree.load().path(request.topic_id)]
    leading = Leadership.objects.leading().in_network().filter(topic__in=above)
    if request.city_id:
        leading = leading.exclude(city=request.city_id)
    managing = Membership.objects.filter(city__in=leading.values("city"), role=Role.MANAGER)
    named = Q(pk__in=leading.values("contact_user")) | Q(pk__in=leading.values("deputy_user"))
    people = User.objects.filter(named | Q(pk__in=managing.values("user")), is_active=True)
    if request.is_for_network:
        acting = Membership.objects.in_network().values("user")
        people = people.filter(Q(is_coordinator=True) | Q(pk__in=acting))
    return people.order_by("pk")


def tell_asker(answer: Answer, *, by: User) -> None:
    """An answer: to who asked, as long as they act for the city; else to the contact of the request.

    Where that is nobody of the network any more, to the coordination.
    """
    request = answer.request
    asker = request.asked_by
    if asker is not None and asker.pk == by.pk:
        return
    subject = format_lazy("{}: {}", _("Antwort auf Ihr Gesuch"), request.title)
    giver = answer.city.name if answer.city else _("Koordination des Netzwerks")
    context = _context(request, by) | {"answer": answer, "giver": giver}
    if asker is not None and asker.is_active and can_edit(asker, request):
        write_to(asker, kind=ANSWERS, subject=subject, template="request_answer", context=context)
        return
    send_mail(
        to=_office_of(request) or settings.COORDINATION_EMAIL,
        subject=subject,
        template="request_answer",
        context=context | {"person": ""},
        footer=Footer.CONTACT,
    )


def _office_of(request: Request) -> str:
    """The address of the request, else of its city; "" where nobody there may read it any more."""
    city, person = request.city, request.contact_user
    if request.is_for_network and city is not None and not city.is_in_network:
        return ""
    reads = person is None or not request.is_for_network or (person.is_active and is_member(person))
    if request.contact_email and reads:
        return request.contact_email
    return city.contact_email if city else ""


def _context(request: Request, by: User) -> dict[str, Any]:
    """In words of the language of whoever gets the mail, which is not that of whoever causes it."""
    return {
        "request": request,
        "asker": request.city.name if request.city else _("Die Koordination"),
        "by": by,
        "is_unled": False,
        "url": f"{settings.BASE_URL}{request.get_absolute_url()}",
    }
