"""Passing a city's part in a topic on, and who had it before. The history says so; nothing is kept twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mailing import write_to
from accounts.models import User
from cities.enums import Role
from cities.models import City
from notifications.actions import Footer, send_mail
from topics.actions import CHECK_AFTER
from topics.enums import Engagement
from topics.models import OF_MERGE, OF_UNDOING, Leadership, Topic
from topics.nudging import CHECK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_EVENTS = 500  # of who led a topic; the page is open to everybody
PEOPLE = [
    "contact_name",
    "contact_email",
    "contact_phone",
    "deputy_name",
    "deputy_email",
    "deputy_phone",
]


@transaction.atomic
def hand_over(
    *,
    leadership: Leadership,
    to: City,
    people: Mapping[str, str],
    since: dt.date,
    former_stays: bool,
    by: User,
) -> Leadership:
    """Give a city's part to other people, or with its role and promise to another city, which is told.

    The former city goes on working on the topic with the people it had, or leaves it.
    """
    row = Leadership.objects.select_for_update(no_key=True).get(pk=leadership.pk)
    with pghistory.context(user=by.pk):
        if to.pk == row.city_id:
            _give(row, people, next_check=since + CHECK_AFTER)
            return row
        promise, engagement = row.promise, row.engagement
        if former_stays:
            row.engagement, row.promise, row.version = Engagement.WORKS_ON, "", row.version + 1
            row.save(update_fields=["engagement", "promise", "version"])
        else:
            row.delete()
        new = Leadership.objects.select_for_update(no_key=True).filter(topic=row.topic_id, city=to).first()
        new = new or Leadership(topic_id=row.topic_id, city=to)
        # What the new city had promised by itself still holds.
        new.promise = "\n\n".join(dict.fromkeys(filter(None, [promise, new.promise])))
        new.engagement, new.since = engagement, since
        _give(new, people, next_check=since + CHECK_AFTER)
    _tell(new, by=by)
    return new


def _give(row: Leadership, people: Mapping[str, str], *, next_check: dt.date) -> None:
    for name in PEOPLE:
        setattr(row, name, people.get(name, ""))
    # Accounts belong to who answered before; the new ones are named once they are known.
    row.contact_user = row.deputy_user = None
    row.next_check = max(next_check, timezone.localdate() + dt.timedelta(days=1))
    row.version = row.version + 1 if row.pk else 1
    row.save()


def _tell(leadership: Leadership, *, by: User) -> None:
    """The new city's managers, and the person who is named."""
    url = reverse("topics:leadership", args=[leadership.topic.slug, leadership.pk])
    context: dict[str, Any] = {"leadership": leadership, "by": by, "url": f"{settings.BASE_URL}{url}"}
    subject = format_lazy("{}: {}", _("Ihre Stadt übernimmt ein Thema"), leadership.topic.name)
    managers = User.objects.filter(
        is_active=True, memberships__city=leadership.city_id, memberships__role=Role.MANAGER
    ).exclude(pk=by.pk)
    told = set()
    for person in managers:
        write_to(person, kind=CHECK.code, subject=subject, template="leadership_handed_over", context=context)
        told.add(person.email.lower())
    if leadership.contact_email and leadership.contact_email.lower() not in told:
        send_mail(
            to=leadership.contact_email,
            subject=subject,
            template="leadership_handed_over",
            context=context | {"person": None},
            footer=Footer.CONTACT,
            reply_to=settings.COORDINATION_EMAIL,
        )


@dataclass(frozen=True)
class Term:
    """A time in which one city led a topic with the same contact.

    `since` is None where nobody has said when it began, `until` where it still leads; `standing` says what
    became of a city that is not in the network now.
    """

    city: str
    contact: str
    since: dt.date | None
    until: dt.date | None = None
    standing: str = ""

    @property
    def span(self) -> str:
        """„03/2024 bis 11/2026“, as far as it is known."""
        since, until = (f"{day:%m/%Y}" if day else "" for day in (self.since, self.until))
        if not since:
            return gettext("bis %(until)s") % {"until": until} if until else gettext("Beginn nicht angegeben")
        if not until:
            return gettext("seit %(since)s") % {"since": since}
        if since == until:
            return since
        return gettext("%(since)s bis %(until)s") % {"since": since, "until": until}

    @property
    def order(self) -> tuple[dt.date, dt.date]:
        """Puts terms in the order of time; what has no known beginning comes before the others."""
        return self.since or dt.date.min, self.until or dt.date.max


def terms_of(topic: Topic, *, shows_people: bool) -> list[Term]:
    """Who has led a topic, the latest first, as far as the latest events tell. Two queries."""
    events: Any = apps.get_model("topics", "LeadershipEvent").objects
    # What a row did under other topics is read as well: moving there ends its term here.
    led_here = events.filter(topic_id=topic.pk, engagement=Engagement.LEADS).values("pgh_obj_id")
    columns = "pgh_id", "pgh_obj_id", "pgh_label", "pgh_created_at", "topic_id", "city_id", "engagement"
    marks = {name: KeyTextTransform(name, "pgh_context__metadata") for name in (OF_MERGE, OF_UNDOING)}
    latest = events.filter(pgh_obj_id__in=led_here).order_by("-pgh_id")
    rows = list(latest.values(*columns, "contact_name", "since", **marks)[:MOST_EVENTS])
    cities = City.objects.only("name", "status").in_bulk({row["city_id"] for row in rows})
    terms: list[Term] = []
    running: dict[int, Term] = {}
    ended: dict[int, dt.date] = {}
    known: set[int] = set()
    for row in _without_undone_merges(rows[::-1]):
        key, day = row["pgh_obj_id"], timezone.localdate(row["pgh_created_at"])
        is_here = row["pgh_label"] != "delete" and row["topic_id"] == topic.pk
        leads = is_here and row["engagement"] == Engagement.LEADS
        contact = row["contact_name"] if shows_people else ""
        before = running.get(key)
        if before and (not leads or before.contact != contact):
            terms.append(replace(before, until=day, standing=""))
            del running[key]
            ended[key] = day
        if leads and key not in running:
            # A row that leads from the first has begun at some time before it was entered.
            entered = day if key in known else None
            begun = day if before else entered
            if row["since"] and not before:
                begun = min(row["since"], day)
            if begun and key in ended:
                begun = max(begun, ended[key])
            running[key] = _begin(cities.get(row["city_id"]), contact, begun)
        known.add(key)
    return sorted([*terms, *running.values()], key=attrgetter("order"), reverse=True)


def _without_undone_merges(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Events, oldest first, as if merges of topics that were undone had never been.

    What a person changed about a row meanwhile counts for the topic that it came from. A row that did not
    come back has stayed where the merge had put it, and that counts.
    """
    returned = {(row["pgh_obj_id"], row[OF_UNDOING]): row["pgh_id"] for row in rows if row[OF_UNDOING]}
    at: dict[int, int] = {}
    away: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        key = row["pgh_obj_id"]
        if (key, row[OF_MERGE]) in returned:
            if row[OF_MERGE] not in away[key]:
                away[key].append(row[OF_MERGE])
            continue
        if row[OF_UNDOING]:
            if row["pgh_id"] != returned[key, row[OF_UNDOING]]:
                continue
            away[key] = [merge for merge in away[key] if merge != row[OF_UNDOING]]
            if away[key]:
                continue
        shown = row | {"topic_id": at.get(key)} if away[key] else row
        at[key] = shown["topic_id"]
        yield shown


def _begin(city: City | None, contact: str, since: dt.date | None) -> Term:
    standing = "" if city is None or city.is_in_network else str(city.get_status_display())
    return Term(city.name if city else "", contact, since, standing=standing)
