"""Mails about requests: who may know something hears of it, who asked of answers, who answered of success."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.enums import Role
from cities.models import City, Membership
from cities.permissions import is_member
from exchange.models import Answer, Request
from exchange.permissions import can_edit
from notifications.actions import Footer, send_mail
from notifications.kinds import MailKind
from topics.models import Leadership
from topics.tree import TopicTree

NEW, ANSWERS, HELPED = "request_new", "request_answers", "request_helped"
KINDS = [
    MailKind(NEW, _("Neue Gesuche zu Themen, für die meine Stadt federführend ist")),
    MailKind(ANSWERS, _("Antworten auf meine Gesuche")),
    MailKind(HELPED, _("Wenn meine Antwort auf ein Gesuch geholfen hat")),
]


@dataclass(frozen=True)
class Told:
    """Who hears of a new request: cities by their names, or the coordination, or nobody."""

    cities: list[str]
    coordination: bool


@dataclass
class _Lead:
    """A city that leads a topic, who there has an account, and its addresses in the order of their use."""

    city: City
    people: set[int] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)


def tell_about(request: Request, *, by: User) -> Told:
    """A new request: to who speaks for its topic; to the coordination where nobody there gets it."""
    leads = _leads(request)
    people = _speaking_for(leads, request).exclude(pk=by.pk)
    told = {person.pk for person in people if _write_new(person, request, by)}
    reached = [lead for lead in leads if told & lead.people or _tell_office(lead, request, by)]
    cities = [lead.city.name for lead in reached]
    if cities or by.is_coordinator:
        return Told(cities, coordination=False)
    _send_new(settings.COORDINATION_EMAIL, request, by, is_unled=True)
    return Told([], coordination=True)


def _leads(request: Request) -> list[_Lead]:
    """The other cities that lead the topic or one above it, the nearest first."""
    above = [node.id for node in TopicTree.load().path(request.topic_id)]
    rows = Leadership.objects.leading().in_network().filter(topic__in=above).with_people()
    if request.city_id:
        rows = rows.exclude(city=request.city_id)
    leads: dict[int, _Lead] = {}
    for row in rows.order_by("-topic__depth", "pk"):
        lead = leads.setdefault(row.city_id, _Lead(row.city))
        lead.people.update(key for key in (row.contact_user_id, row.deputy_user_id) if key)
        ways = (row.contact_user, row.contact_email), (row.deputy_user, row.deputy_email)
        lead.addresses += [email for person, email in ways if _reads(person, request)]
    for manager in Membership.objects.filter(city__in=leads, role=Role.MANAGER):
        leads[manager.city_id].people.add(manager.user_id)
    for lead in leads.values():
        lead.addresses.append(lead.city.contact_email)
        lead.addresses = [address.lower() for address in lead.addresses if address]
    return list(leads.values())


def _speaking_for(leads: Iterable[_Lead], request: Request) -> QuerySet[User]:
    """Contacts and deputies of the cities that lead, and these cities' managers.

    What is for the network is told to no contact who does not work for one of its cities any more.
    """
    named = {key for lead in leads for key in lead.people}
    people = User.objects.filter(pk__in=named, is_active=True)
    if request.is_for_network:
        acting = Membership.objects.in_network().values("user")
        people = people.filter(Q(is_coordinator=True) | Q(pk__in=acting))
    return people.order_by("pk")


def _tell_office(lead: _Lead, request: Request, by: User) -> bool:
    """The first address at which the city gets mails; an example bothers no office."""
    if request.is_demo:
        return False
    accounts = {person.email.lower(): person for person in User.objects.filter(email__in=lead.addresses)}
    for address in lead.addresses:
        person = accounts.get(address)
        if person is None:
            _send_new(address, request, by)
            return True
        if person.pk != by.pk and _reads(person, request) and _write_new(person, request, by):
            return True
    return False


def _write_new(person: User, request: Request, by: User) -> bool:
    context = _context(request, by)
    return write_to(person, kind=NEW, subject=_new(request), template="request_new", context=context)


def _send_new(to: str, request: Request, by: User, *, is_unled: bool = False) -> None:
    send_mail(
        to=to,
        subject=_new(request),
        template="request_new",
        context=_context(request, by) | {"person": "", "is_unled": is_unled},
        footer=Footer.NONE if is_unled else Footer.CONTACT,
    )


def _new(request: Request) -> Any:
    return format_lazy("{}: {}", _("Neues Gesuch"), request.title)


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


def tell_helpers(answers: Iterable[Answer], *, request: Request, by: User) -> None:
    """That their answers have helped: to each author once, as long as they may read the request."""
    given: dict[User, list[Answer]] = defaultdict(list)
    for answer in answers:
        author = answer.author
        if author is not None and author.pk != by.pk and _reads(author, request):
            given[author].append(answer)
    for author, theirs in given.items():
        write_to(
            author,
            kind=HELPED,
            subject=format_lazy("{}: {}", _("Ihre Antwort hat geholfen"), request.title),
            template="request_helped",
            context=_context(request, by) | {"answers": theirs},
        )


def _office_of(request: Request) -> str:
    """The address of the request, else of its city; "" where nobody there may read it any more."""
    city, person = request.city, request.contact_user
    if request.is_for_network and city is not None and not city.is_in_network:
        return ""
    if request.contact_email and _reads(person, request):
        return request.contact_email
    return city.contact_email if city else ""


def _reads(person: User | None, request: Request) -> bool:
    """Whether this person may read it; None stands for an office."""
    return person is None or not request.is_for_network or (person.is_active and is_member(person))


def _context(request: Request, by: User) -> dict[str, Any]:
    """In words of the language of whoever gets the mail, which is not that of whoever causes it."""
    return {
        "request": request,
        "asker": request.city.name if request.city else _("Die Koordination"),
        "by": by,
        "is_unled": False,
        "url": f"{settings.BASE_URL}{request.get_absolute_url()}",
    }
