"""The coordinators' desk: how apps tell what needs a person today.

An app registers a group of tasks in its `apps.py`; `ikone.desk` reads all groups in one statement, and the
page draws them alike, with what can be done in the row. A group with nothing in it says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

Text = str | Promise
MOST_ROWS = 10
BACK = "nach"  # in an address: the group of the desk to which a deed leads back
SAID = "gesagt"  # where the desk says what has been done


@dataclass(frozen=True)
class Deed:
    """What can be done about a task: a link, or with `posts` a button that sends `fields`.

    From the desk a button leads back to it, and so does a page that `returns`; their views answer with
    `back_to_desk`.
    """

    label: Text
    url: str
    posts: bool = False
    icon: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    returns: bool = False

    def from_desk(self, code: str) -> Deed:
        """The same, done in this group of the desk."""
        if not (self.posts or self.returns):
            return self
        address, hash_sign, place = self.url.partition("#")
        joint = "&" if "?" in address else "?"
        return replace(self, url=f"{address}{joint}{urlencode({BACK: code})}{hash_sign}{place}")


@dataclass(frozen=True)
class Task:
    """One row: `preline` says whose it is and since when, `text` and `note` what there is to know."""

    title: str
    url: str = ""
    preline: str = ""
    text: str = ""
    note: str = ""
    deeds: Sequence[Deed] = ()

    def from_desk(self, code: str) -> Task:
        return replace(self, deeds=[deed.from_desk(code) for deed in self.deeds])


@dataclass(frozen=True)
class Group:
    """Tasks of one kind, the same for every coordinator.

    `waiting` gives the rows about which something is to be done, in their order. The first `most` are shown:
    `task` makes a task of a model that has the `columns` alone, also of what it leads to ("city__name").
    `one` is the title where there is a single row, unless it is the same.
    `shown` adds to these few rows what would be too much to work out for all; it comes as JSON has it.
    """

    code: str
    order: int
    title: Text
    waiting: Callable[[], QuerySet[Any]]
    columns: Sequence[str]
    task: Callable[[Any], Task]
    nothing: Text
    hint: Text = ""
    all_url: Text = ""
    all_label: Text = ""
    one: Text = ""
    most: int = MOST_ROWS
    shown: Callable[[Any], QuerySet[Any]] = lambda rows: rows

    @cached_property
    def model(self) -> type[Model]:
        """Of what the rows are."""
        return self.waiting().model


@dataclass(frozen=True)
class Tasks:
    """The first tasks of a group and how many there are in all; `all_url` of the group leads to the rest."""

    group: Group
    rows: Sequence[Task] = ()
    total: int = 0

    @property
    def title(self) -> Text:
        """As it is read after their number."""
        return self.group.one if self.total == 1 and self.group.one else self.group.title

    @property
    def has_more(self) -> bool:
        return self.total > len(self.rows)


_groups: dict[str, Group] = {}


def register(*groups: Group) -> None:
    """Enter groups; called from an app's `ready()`."""
    _groups.update({group.code: group for group in groups})


def groups() -> list[Group]:
    """All groups in their order."""
    return sorted(_groups.values(), key=lambda group: group.order)


def group_in(request: HttpRequest) -> str:
    """The group of the desk that the address names; empty where it names none."""
    code = request.GET.get(BACK, "")
    return code if code in _groups else ""


def way_back(request: HttpRequest, otherwise: Any) -> str:
    """Where one comes to after a deed: the desk, if one came from it; else what `otherwise` resolves to."""
    code = group_in(request)
    if not code:
        return resolve_url(otherwise)
    return f"{reverse('desk')}?{urlencode({BACK: code})}#{SAID}"


def back_to_desk(request: HttpRequest, otherwise: Any = "desk") -> HttpResponseRedirect:
    """The answer to a deed. Its message stands on the desk where the task stood, and has the focus."""
    return redirect(way_back(request, otherwise))


def day(moment: dt.date | None) -> str:
    """24.12.2026 for a day or a point in time."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    return f"{local:%d.%m.%Y}"
