"""Adoptions on the coordinators' desk: what no city has answered for, and whom to bring together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import Adoption
from ui.desk import Deed, Group, Task, Tasks, day, first_of, register

if TYPE_CHECKING:
    from django.http import HttpRequest

    from practices.adoption.querysets import AdoptionQuerySet


def register_groups() -> None:
    register(UNANSWERED)
    register(TO_CONNECT)


def unanswered(_request: HttpRequest) -> Tasks:
    """What nobody of the city has confirmed though they were asked; the longest wait first."""
    waiting = Adoption.objects.left_to_coordination()
    order: list[Any] = [F("next_check_on").asc(nulls_last=True), "updated_at", "pk"]
    ordered = waiting.order_by(*order)
    return _tasks(ordered, "adoption:ask_again", _("Stadt noch einmal fragen"), "ueberfaellig", posts=True)


def to_connect(_request: HttpRequest) -> Tasks:
    """Adopters of anonymous write-ups whom the coordination has not yet brought together with the city."""
    waiting = Adoption.objects.to_connect().order_by("created_at", "pk")
    return _tasks(waiting, "adoption:connect", _("Zusammenbringen"), "anonym", posts=False)


def _tasks(waiting: AdoptionQuerySet, url: str, label: str, shown: str, *, posts: bool) -> Tasks:
    rows, total = first_of(waiting.for_page())
    return Tasks(
        rows=[
            _task(adoption, Deed(label, reverse(url, args=[adoption.pk]), posts=posts)) for adoption in rows
        ],
        total=total,
        all_url=f"{reverse('adoption:ledger')}?zeigen={shown}",
        all_label=_("Alle ansehen"),
    )


def _task(adoption: Any, deed: Deed) -> Task:
    names = {"city": adoption.city.name, "other": adoption.subject.city.name}
    return Task(
        title=adoption.subject.title,
        url=adoption.get_absolute_url(),
        preline=_("%(city)s übernimmt von %(other)s") % names,
        note=_("eingetragen am %(day)s") % {"day": day(adoption.created_at)},
        deeds=[deed],
    )


UNANSWERED = Group(
    "adoptions",
    30,
    gettext_lazy("Übernahmen, die keine Stadt bestätigt hat"),
    unanswered,
    gettext_lazy("Keine Übernahme wartet."),
    gettext_lazy(
        "Bestätigen kann nur die Stadt. Was nicht stimmt, ziehen Sie auf der Seite der Übernahme zurück."
    ),
)
TO_CONNECT = Group(
    "adoptions_to_connect",
    31,
    gettext_lazy("Übernahmen anonymer Beiträge: bitte zusammenbringen"),
    to_connect,
    gettext_lazy("Niemand ist zusammenzubringen."),
    gettext_lazy("Fragen Sie zuerst die Stadt, die geschrieben hat."),
)
