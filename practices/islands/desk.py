"""Suspected duplicates on the coordinators' desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import Island
from ui.desk import Deed, Group, Task, Tasks, first_of, register

if TYPE_CHECKING:
    from django.http import HttpRequest


def register_groups() -> None:
    register(ISLANDS)


def islands(_request: HttpRequest) -> Tasks:
    """Write-ups of two cities that resemble one another, the most alike first."""
    rows, total = first_of(Island.objects.open().with_write_ups())
    return Tasks(
        rows=[_task(row) for row in rows],
        total=total,
        all_url=reverse("gaps"),
        all_label=_("Alle Doppel ansehen"),
    )


def _task(row: Island) -> Task:
    return Task(
        title=f"{row.first.title} – {row.second.title}",
        url=reverse("islands:join", args=[row.pk]),
        preline=f"{row.first.city.name} – {row.second.city.name}",
        deeds=[
            Deed(_("Zusammenbringen"), reverse("islands:join", args=[row.pk])),
            Deed(_("Kein Doppel"), reverse("islands:dismiss", args=[row.pk])),
        ],
    )


ISLANDS = Group(
    "islands",
    50,
    gettext_lazy("Mehrere Städte, dasselbe Vorhaben?"),
    islands,
    nothing=gettext_lazy("Nichts ähnelt einander, ohne verknüpft zu sein."),
)
