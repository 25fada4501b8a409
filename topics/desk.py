"""The topic map on the coordinators' desk: who is to be asked, and where nobody leads."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.enums import Engagement
from topics.models import Leadership, Topic
from topics.tree import TopicTree
from ui.desk import MOST_ROWS, Deed, Group, Task, Tasks, day, first_of, register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


def register_groups() -> None:
    register(LEADERSHIPS)
    register(UNLED)


def leaderships(_request: HttpRequest) -> Tasks:
    """Checks that are due, and leaders without a contact, a deputy or a day for their check."""
    waiting = Leadership.objects.to_look_after().with_what_is_missing().with_people()
    rows, total = first_of(waiting.order_by("next_check", "pk"))
    return Tasks(
        rows=[_task(row) for row in rows],
        total=total,
        all_url=reverse("topics:look_after"),
        all_label=_("Alle Federführungen ansehen"),
    )


def _task(row: Leadership) -> Task:
    where = [row.topic.slug, row.pk]
    return Task(
        title=row.topic.name,
        url=row.topic.get_absolute_url(),
        preline=f"{row.city.name}, {row.get_engagement_display()}",
        note=", ".join(_lacking(row)),
        deeds=[
            *([_confirming(where)] if row.city.is_in_network else []),
            Deed(_("Angaben ändern"), reverse("topics:leadership", args=where)),
            Deed(_("Übergeben"), reverse("topics:hand_over", args=where)),
        ],
    )


def _confirming(where: list[Any]) -> Deed:
    return Deed(_("Stimmt noch"), reverse("topics:confirm", args=where), posts=True, icon="check")


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


def unled(_request: HttpRequest) -> Tasks:
    """Branches of the map that no city leads."""
    gaps = list(Topic.objects.without_leader().top_down())
    gone = led_before(gaps)
    branches = TopicTree.of(gaps).roots
    rows = []
    for node in branches[:MOST_ROWS]:
        below = len(list(node.branch)) - 1
        more = ngettext("und %(n)d Unterthema", "und %(n)d Unterthemen", below)
        notes = [more % {"n": below}] if below else []
        notes += [_last_led(row) for row in gone.get(node.id, [])]
        deeds = [Deed(_("Stadt zuordnen"), reverse("topics:engage", args=[node.slug]))]
        deeds += [
            Deed(
                _("Von %(city)s übergeben") % {"city": row.city.name},
                reverse("topics:hand_over", args=[node.slug, row.pk]),
            )
            for row in gone.get(node.id, [])
        ]
        rows.append(Task(title=node.name, url=node.get_absolute_url(), note=", ".join(notes), deeds=deeds))
    return Tasks(rows=rows, total=len(branches), all_url=reverse("gaps"), all_label=_("Alle Lücken ansehen"))


def led_before(gaps: Iterable[Topic]) -> dict[int, list[Leadership]]:
    """By topic the entries of cities that led it and are not in the network now. One query."""
    rows = Leadership.objects.leading().outside_network().filter(topic__in=[topic.pk for topic in gaps])
    found: dict[int, list[Leadership]] = defaultdict(list)
    for row in rows.select_related("city").by_role():
        found[row.topic_id].append(row)
    return found


def _last_led(row: Leadership) -> str:
    return _("zuletzt %(city)s (%(standing)s)") % {
        "city": row.city.name,
        "standing": row.city.get_status_display(),
    }


LEADERSHIPS = Group(
    "leaderships",
    40,
    gettext_lazy("Federführungen zu pflegen"),
    leaderships,
    nothing=gettext_lazy("Überall ist jemand zu erreichen, und keine Prüfung ist fällig."),
)
UNLED = Group(
    "unled",
    42,
    gettext_lazy("Themen ohne Federführung"),
    unled,
    nothing=gettext_lazy("Jedes Thema hat eine Federführung."),
)
