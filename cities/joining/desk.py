"""Wishes to join on the coordinators' desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import JoinRequest
from ui.desk import Deed, Group, Task, Tasks, day, first_of


def wishes(_request: HttpRequest) -> Tasks:
    rows, total = first_of(JoinRequest.objects.waiting().select_related("city"))
    return Tasks(rows=[_task(wish) for wish in rows], total=total)


def _task(wish: JoinRequest) -> Task:
    page = reverse("join_request", args=[wish.pk])
    return Task(
        title=wish.city.name,
        url=page,
        preline=_("%(name)s, %(office)s, am %(day)s")
        % {"name": wish.name, "office": wish.office, "day": day(wish.confirmed_at)},
        text=wish.message,
        deeds=[Deed(_("Aufnehmen oder ablehnen"), page)],
    )


WISHES = Group(
    "joining",
    20,
    gettext_lazy("Städte, die mitmachen möchten"),
    wishes,
    nothing=gettext_lazy("Keine Anfrage wartet."),
)
