"""What hangs on a topic, of whichever app, and how it moves to another one and back.

Every model with a foreign key to a topic takes part by itself. Rows that would stand twice under the other
topic (a unique constraint with the key says so) are dropped; `settle` tells what the one that stays takes
over of it, `fit_returning` what is new about a row that comes back. What names topics in another way
registers a follower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model, Q, QuerySet, UniqueConstraint
from django.utils.functional import Promise

from topics.models import Topic

BATCH = 1_000
Settle = Callable[[Any, Any], Mapping[str, Any]]  # (the row that goes, its twin) → changes of the twin
Fit = Callable[[Mapping[str, Any]], dict[str, Any]]  # the columns of a dropped row → those to change


@dataclass(frozen=True)
class Follower:
    """Something without a foreign key. `move` gives what `back` needs; `count` is for the preview."""

    name: str
    label: str | Promise
    count: Callable[[Topic], int]
    move: Callable[[Topic, Topic], Any]
    back: Callable[[Topic, Topic, Any], None]


@dataclass(frozen=True)
class Link:
    """A model with a foreign key to topics."""

    model: type[Model]
    key: str

    @property
    def name(self) -> str:
        return self.model._meta.label

    def rows(self, topic_id: int) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.key: topic_id})

    def twins(self, source_id: int, target_id: int) -> list[tuple[Any, Any]]:
        """Rows under the source with the row under the target that forbids to move them."""
        pairs: dict[Any, tuple[Any, Any]] = {}
        for names, condition in self._unique_with():
            there = {self._values(row, names): row for row in self.rows(target_id).filter(condition)}
            for row in self.rows(source_id).filter(condition) if there else ():
                twin = there.get(self._values(row, names))
                if twin is not None:
                    pairs.setdefault(row.pk, (row, twin))
        return list(pairs.values())

    def _unique_with(self) -> Iterator[tuple[list[str], Q]]:
        """The other columns of unique constraints that name the key, and where they hold."""
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.key in constraint.fields:
                others = [name for name in constraint.fields if name != self.key]
                columns = [self.model._meta.get_field(name).attname for name in others]  # type: ignore[union-attr]
                yield columns, constraint.condition or Q()

    @staticmethod
    def _values(row: Any, names: list[str]) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)


_followers: dict[str, Follower] = {}
_settlers: dict[str, Settle] = {}
_fits: dict[str, Fit] = {}


def register(follower: Follower) -> None:
    """Enter something that names topics without a foreign key; called from an app's `ready()`."""
    _followers[follower.name] = follower


def settle_twins(model: str, settle: Settle) -> None:
    """Say what a row takes over from its twin that is dropped; `model` as `app.Model`."""
    _settlers[model] = settle


def fit_returning(model: str, fit: Fit) -> None:
    """Say what is new about a dropped row when it comes back, such as its place among others."""
    _fits[model] = fit


def followers() -> list[Follower]:
    return list(_followers.values())


def links() -> list[Link]:
    """All models whose rows hang on a topic; sub-topics and recorded versions are not among them."""
    return [
        Link(model, field.name)
        for model in apps.get_models(include_auto_created=True)
        if model is not Topic and not model._meta.proxy
        for field in _watched_keys(model)
        if field.related_model is Topic
    ]


def _watched_keys(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    """The foreign keys that the database watches over; it does not over those of recorded versions."""
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.db_constraint:  # type: ignore[attr-defined]  # the stubs lack it
            yield field


def values_of(row: Model) -> dict[str, Any]:
    """A row's stored columns by attribute."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not getattr(field, "generated", False)
    }


def drop_twins(
    link: Link, source_id: int, target_id: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Delete what would stand twice; gives the deleted rows and the former values of twins that changed."""
    pairs = link.twins(source_id, target_id)
    dropped = [values_of(row) for row, _twin in pairs]
    link.model._base_manager.filter(pk__in=[row.pk for row, _twin in pairs]).delete()
    changed = []
    settle = _settlers.get(link.name)
    for row, twin in pairs if settle else ():
        changes = settle(row, twin)  # type: ignore[misc]
        if changes:
            changed.append({"pk": twin.pk} | {name: getattr(twin, name) for name in changes})
            link.model._base_manager.filter(pk=twin.pk).update(**changes)
    return dropped, changed


def bring_back(link: Link, dropped: list[dict[str, Any]], changed: list[dict[str, Any]]) -> int:
    """Enter dropped rows again and give their twins what they had; how many rows could not have it.

    A twin with a version keeps what people have made of it since.
    """
    manager = link.model._base_manager
    lost = sum(not _give_back(manager.filter(pk=row["pk"]), row) for row in changed)
    fit = _fits.get(link.name)
    for row in _with_parents(link.model, dropped):
        try:
            with transaction.atomic():
                manager.bulk_create([link.model(**row | (fit(row) if fit else {}))])
                _check_constraints()
        except IntegrityError:  # somebody has entered the same meanwhile
            lost += 1
    return lost + len(dropped) - len(_with_parents(link.model, dropped))


def _give_back(twin: QuerySet[Any], row: dict[str, Any]) -> bool:
    """False where the twin is no longer as the merge had left it, with the version after the one in `row`."""
    values = {name: value for name, value in row.items() if name != "pk"}
    as_merged = twin
    if "version" in values:
        merged = values["version"] + 1
        as_merged, values["version"] = twin.filter(version=merged), merged + 1
    return as_merged.update(**values) > 0 or not twin.exists()


def _check_constraints() -> None:
    """Those that wait for the end of the transaction, too: there they would undo all of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _with_parents(model: type[Model], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose other things still exist."""
    for field in _watched_keys(model):
        if rows:
            wanted = {row[field.attname] for row in rows if row[field.attname] is not None}
            related: Any = field.related_model
            there = set(related._base_manager.filter(Q(pk__in=wanted)).values_list("pk", flat=True))
            rows = [row for row in rows if row[field.attname] is None or row[field.attname] in there]
    return rows
