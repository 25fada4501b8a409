"""Wishes to join on the coordinators' desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import JoinRequest
from ui.desk import Deed, Group, Task, day


def _task(wish: JoinRequest) -> Task:
    page = reverse("join_request", args=[wish.pk])
    return Task(
        title=wish.city.name,
        url=page,
        preline=_("%(name)s, %(office)s, am %(day)s")
        % {"name": wish.name, "office": wish.office, "day": day(wish.confirmed_at)},
        text=wish.message,
        deeds=[Deed(_("Aufnehmen oder ablehnen"), page, returns=True)],
    )


WISHES = Group(
    "joining",
    20,
    gettext_lazy("Städte, die mitmachen möchten"),
    JoinRequest.objects.waiting,
    ("name", "office", "message", "confirmed_at", "city__name"),
    _task,
    nothing=gettext_lazy("Keine Anfrage wartet."),
    one=gettext_lazy("Stadt, die mitmachen möchte"),
)
