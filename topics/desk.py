"""The topic map on the coordinators' desk: who is to be asked, and where nobody leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cities.enums import NetworkStatus
from topics.enums import Engagement
from topics.models import Leadership, Topic
from ui.desk import Deed, Group, Task, day, register

if TYPE_CHECKING:
    from topics.querysets import LeadershipQuerySet, TopicQuerySet


NAMES = ("topic__name", "topic__slug", "city__name", "city__status")


def register_groups() -> None:
    register(LEADERSHIPS, UNLED)


def leaderships() -> LeadershipQuerySet:
    """Checks that are due, and leaders without a contact, a deputy or a day for their check."""
    return Leadership.objects.to_look_after().order_by("next_check", "pk")


def _task(row: Leadership) -> Task:
    where = [row.topic.slug, row.pk]
    return Task(
        title=row.topic.name,
        url=row.topic.get_absolute_url(),
        preline=f"{row.city.name}, {row.get_engagement_display()}",
        note=", ".join(_lacking(row)),
        deeds=[*_deeds(row, where), Deed(_("Übergeben"), reverse("topics:hand_over", args=where))],
    )


def _deeds(row: Leadership, where: list[Any]) -> list[Deed]:
    """What ends the task: who is missing is entered, the rest confirmed."""
    page = reverse("topics:leadership", args=where)
    if row.city.is_in_network and row.engagement == Engagement.LEADS:
        if row.lacks_contact:  # type: ignore[attr-defined]
            return [Deed(_("Ansprechperson eintragen"), f"{page}#id_contact_name", returns=True)]
        if row.lacks_deputy:  # type: ignore[attr-defined]
            return [Deed(_("Vertretung eintragen"), f"{page}#id_deputy_name", returns=True)]
    change = Deed(_("Ändern"), page, returns=True)
    if not row.city.is_in_network:
        return [change]
    confirm = reverse("topics:confirm", args=where)
    return [Deed(_("Stimmt noch"), confirm, posts=True, icon="check"), change]


def _lacking(row: Leadership) -> list[str]:
    if not row.city.is_in_network:
        return [row.city.get_status_display()]
    found = []
    if row.is_overdue:
        found.append(_("Prüfung fällig seit %(day)s") % {"day": day(row.next_check)})
    if row.engagement == Engagement.LEADS:
        if row.next_check is None:
            found.append(_("keine Prüfung vereinbart"))
        if row.lacks_contact:  # type: ignore[attr-defined]
            found.append(_("Ansprechperson fehlt"))
        if row.lacks_deputy:  # type: ignore[attr-defined]
            found.append(_("Vertretung fehlt"))
    return found


def unled() -> TopicQuerySet:
    """Branches of the map that no city leads."""
    return Topic.objects.unled_branches().top_down()


def _with_what_goes_with_it(topics: TopicQuerySet) -> TopicQuerySet:
    """Adds `below`, the number of topics in the branch, and `gone`, who led it before."""
    below = Topic.objects.live().filter(Q(parent=OuterRef("pk")) | Q(parent__parent=OuterRef("pk")))
    gone = Leadership.objects.leading().outside_network().filter(topic=OuterRef("pk")).by_role()
    who = JSONObject(pk="pk", city="city__name", standing="city__status")
    return topics.annotate(
        below=Subquery(below.order_by().values(number=Func("pk", function="COUNT"))),
        gone=ArraySubquery(gone.values(who=who)),
    )


def _unled(topic: Any) -> Task:
    more = ngettext("und %(n)d Unterthema", "und %(n)d Unterthemen", topic.below)
    notes = [more % {"n": topic.below}] if topic.below else []
    notes += [_last_led(row["city"], NetworkStatus(row["standing"])) for row in topic.gone]
    deeds = [Deed(_("Stadt zuordnen"), reverse("topics:engage", args=[topic.slug]), returns=True)]
    deeds += [
        Deed(
            _("Von %(city)s übergeben") % {"city": row["city"]},
            reverse("topics:hand_over", args=[topic.slug, row["pk"]]),
        )
        for row in topic.gone
    ]
    return Task(title=topic.name, url=topic.get_absolute_url(), note=", ".join(notes), deeds=deeds)


def _last_led(city: str, standing: NetworkStatus) -> str:
    return _("zuletzt %(city)s (%(standing)s)") % {"city": city, "standing": standing.label}


LEADERSHIPS = Group(
    "leaderships",
    40,
    gettext_lazy("Federführungen zu pflegen"),
    leaderships,
    ("engagement", "next_check", "lacks_contact", "lacks_deputy", *NAMES),
    _task,
    nothing=gettext_lazy("Überall ist jemand zu erreichen, und keine Prüfung ist fällig."),
    all_url=reverse_lazy("topics:look_after"),
    all_label=gettext_lazy("Alle Federführungen ansehen"),
    shown=lambda rows: rows.with_what_is_missing(),
    one=gettext_lazy("Federführung zu pflegen"),
)
UNLED = Group(
    "unled",
    42,
    gettext_lazy("Themen ohne Federführung"),
    unled,
    ("name", "slug", "below", "gone"),
    _unled,
    nothing=gettext_lazy("Jedes Thema hat eine Federführung."),
    all_url=reverse_lazy("gaps"),
    all_label=gettext_lazy("Alle Lücken ansehen"),
    shown=_with_what_goes_with_it,
    one=gettext_lazy("Thema ohne Federführung"),
)
