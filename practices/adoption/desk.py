"""Adoptions on the coordinators' desk: what no city has answered for, and whom to bring together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import Adoption
from ui.desk import Deed, Group, Task, Text, day, register

if TYPE_CHECKING:
    from practices.adoption.querysets import AdoptionQuerySet

COLUMNS = (
    *("created_at", "city__name"),
    *("practice__title", "practice__city__name", "block__title", "block__city__name"),
)


def register_groups() -> None:
    register(UNANSWERED, TO_CONNECT)


def unanswered() -> AdoptionQuerySet:
    """What nobody of the city has confirmed though they were asked in time; the longest wait first.

    What they were asked about only lately is not there: the ledger shows it as not confirmed yet.
    """
    order: list[Any] = [F("next_check_on").asc(nulls_last=True), "updated_at", "pk"]
    return Adoption.objects.left_to_coordination().order_by(*order)


def to_connect() -> AdoptionQuerySet:
    """Adopters of anonymous write-ups whom the coordination has not yet brought together with the city."""
    return Adoption.objects.to_connect().order_by("created_at", "pk")


def _task(adoption: Adoption, *, url: str, label: Text, posts: bool) -> Task:
    names = {"city": adoption.city.name, "other": adoption.subject.city.name}
    return Task(
        title=adoption.subject.title,
        url=adoption.get_absolute_url(),
        preline=_("%(city)s übernimmt von %(other)s") % names,
        note=_("eingetragen am %(day)s") % {"day": day(adoption.created_at)},
        deeds=[Deed(label, reverse(url, args=[adoption.pk]), posts=posts, returns=True)],
    )


def _all(shown: str) -> Text:
    return format_lazy("{}?zeigen={}", reverse_lazy("adoption:ledger"), shown)


UNANSWERED = Group(
    "adoptions",
    30,
    gettext_lazy("Übernahmen, zu denen die Stadt nicht antwortet"),
    unanswered,
    COLUMNS,
    partial(_task, url="adoption:ask_again", label=gettext_lazy("Stadt noch einmal fragen"), posts=True),
    gettext_lazy(
        "Keine Stadt ist mit ihrer Antwort überfällig. Was erst seit Kurzem auf eine Bestätigung wartet, "
        "steht unter „Alle Übernahmen“."
    ),
    gettext_lazy(
        "Bestätigen kann nur die Stadt. Was nicht stimmt, ziehen Sie auf der Seite der Übernahme zurück."
    ),
    _all("ohne-antwort"),
    gettext_lazy("Alle ansehen"),
    one=gettext_lazy("Übernahme, zu der die Stadt nicht antwortet"),
)
TO_CONNECT = Group(
    "adoptions_to_connect",
    31,
    gettext_lazy("Übernahmen anonymer Beiträge: bitte zusammenbringen"),
    to_connect,
    COLUMNS,
    partial(_task, url="adoption:connect", label=gettext_lazy("Zusammenbringen"), posts=False),
    gettext_lazy("Niemand ist zusammenzubringen."),
    gettext_lazy("Fragen Sie zuerst die Stadt, die geschrieben hat."),
    _all("anonym"),
    gettext_lazy("Alle ansehen"),
    one=gettext_lazy("Übernahme eines anonymen Beitrags: bitte zusammenbringen"),
)
