"""Suspected duplicates on the coordinators' desk."""

from __future__ import annotations

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import Island
from ui.desk import Deed, Group, Task, register


def register_groups() -> None:
    register(ISLANDS)


def _task(row: Island) -> Task:
    return Task(
        title=f"{row.first.title} – {row.second.title}",
        url=reverse("islands:join", args=[row.pk]),
        preline=f"{row.first.city.name} – {row.second.city.name}",
        deeds=[
            Deed(_("Zusammenbringen"), reverse("islands:join", args=[row.pk]), returns=True),
            Deed(_("Kein Doppel"), reverse("islands:dismiss", args=[row.pk]), returns=True),
        ],
    )


ISLANDS = Group(
    "islands",
    50,
    gettext_lazy("Mehrere Städte, dasselbe Vorhaben?"),
    Island.objects.open,  # the most alike first
    ("first__title", "first__city__name", "second__title", "second__city__name"),
    _task,
    nothing=gettext_lazy("Nichts ähnelt einander, ohne verknüpft zu sein."),
    all_url=reverse_lazy("gaps"),
    all_label=gettext_lazy("Alle Doppel ansehen"),
)
