"""The coordinators' desk: how apps tell what needs a person today.

An app registers a group of tasks in its `apps.py`; the desk reads all groups and draws them alike, with what
can be done in the row. A group with nothing in it says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

Text = str | Promise
MOST_ROWS = 10


@dataclass(frozen=True)
class Deed:
    """What can be done about a task: a link, or with `posts` a button that sends `fields`."""

    label: Text
    url: str
    posts: bool = False
    icon: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One row: `preline` says whose it is and since when, `text` and `note` what there is to know."""

    title: str
    url: str = ""
    preline: str = ""
    text: str = ""
    note: str = ""
    deeds: Sequence[Deed] = ()


@dataclass(frozen=True)
class Tasks:
    """The oldest tasks of a group and how many there are in all; `all_url` leads to the rest."""

    rows: Sequence[Task]
    total: int
    all_url: str = ""
    all_label: Text = ""

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


@dataclass(frozen=True)
class Group:
    """Tasks of one kind. `read(request)` costs a number of queries that does not grow with the rows."""

    code: str
    order: int
    title: Text
    read: Callable[[HttpRequest], Tasks]
    nothing: Text
    hint: Text = ""


_groups: dict[str, Group] = {}


def register(group: Group) -> None:
    """Enter a group; called from an app's `ready()`."""
    _groups[group.code] = group


def groups() -> list[Group]:
    """All groups in their order."""
    return sorted(_groups.values(), key=lambda group: group.order)


def first_of(rows: QuerySet[Any], most: int = MOST_ROWS) -> tuple[list[Any], int]:
    """The first rows in their order, and the number of all, in one query."""
    found = list(rows.annotate(number_of_all=Window(Count("*")))[:most])
    return found, found[0].number_of_all if found else 0


def day(moment: dt.date | None) -> str:
    """24.12.2026 for a day or a point in time."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    return f"{local:%d.%m.%Y}"
