"""The coordinators' desk: all groups of tasks, read in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from search.kept import KeptSelect
from ui.desk import Group, Tasks, groups

TASKS = KeptSelect()


def tasks_for(coordinator: User) -> list[Tasks]:
    """What waits in each group, in their order. One query, of which the coordinator's row is the only one."""
    there = groups()

    def build(pk: int) -> QuerySet[Any]:
        columns = {f"of_{group.code}": _first_of(group) for group in there}
        return User.objects.filter(pk=pk).values_list(*columns.values())

    # The rows follow from the day, too: what is due today was not yesterday.
    shape = (timezone.localdate(), tuple(group.code for group in there))
    (found,) = TASKS.rows(shape, build, pk=coordinator.pk)
    return [_tasks(group, rows or []) for group, rows in zip(there, found, strict=True)]


def _first_of(group: Group) -> ArraySubquery:
    """The first rows as JSON, each with the number of all.

    What a row shows is looked up once it is known which ones are shown: there may be thousands of tasks.
    """
    waiting = group.waiting()
    one = group.shown(group.model._default_manager.filter(pk=OuterRef("pk")))
    shown = JSONObject(**{column: F(column) for column in _with_keys(group.columns)})
    row = JSONObject(total=Window(Count("*")), row=Subquery(one.order_by().values(shown=shown)))
    return ArraySubquery(waiting.values(found=row)[: group.most])


def _tasks(group: Group, rows: list[dict[str, Any]]) -> Tasks:
    if not rows:
        return Tasks(group)
    tasks = [group.task(_model(group.model, each["row"])).from_desk(group.code) for each in rows]
    return Tasks(group, tasks, rows[0]["total"])


def _with_keys(columns: Iterable[str]) -> list[str]:
    """The columns, and the keys of all that they lead to."""
    ways = {way for column in columns for way in _ways(column)}
    return sorted({*columns, "pk", *(f"{way}__pk" for way in ways)})


def _ways(column: str) -> Iterator[str]:
    """For „practice__city__name“ that is practice and practice__city."""
    steps = column.split("__")[:-1]
    yield from ("__".join(steps[:length]) for length in range(1, len(steps) + 1))


def _model(model: type[Model], row: dict[str, Any]) -> Any:
    """The row as if it had been read with `only()` and `select_related()`."""
    own: dict[str, Any] = {}
    beyond: dict[str, dict[str, Any]] = defaultdict(dict)
    for column, value in row.items():
        name, _sep, rest = column.partition("__")
        if rest:
            beyond[name][rest] = value
        else:
            own[name] = value
    own[model._meta.pk.name] = own.pop("pk")
    own |= {name: columns["pk"] for name, columns in beyond.items()}
    fields = [field for field in model._meta.concrete_fields if field.name in own]
    values = [field.to_python(own.pop(field.name)) for field in fields]
    made = model.from_db(None, [field.attname for field in fields], values)
    for name, columns in beyond.items():
        far: Any = model._meta.get_field(name).related_model
        setattr(made, name, None if columns["pk"] is None else _model(far, columns))
    for name, value in own.items():
        setattr(made, name, value)
    return made
