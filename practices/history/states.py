"""What versions said: the write-up's values and linked rows at a moment, with the names that go with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, ForeignKey, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.history.fields import event_model, recorded_fields
from practices.history.parts import PARTS, target_of
from practices.history.timeline import Rows, Version
from practices.models import BuildingBlock, Practice

if TYPE_CHECKING:
    from accounts.models import User

NAME_COLUMNS = ("name", "title", "digest")
Thing = tuple[str, int]
# What not everybody may know of; somebody else's is not told from a deleted one.
HIDDEN: dict[type[Model], Promise] = {
    Practice: gettext_lazy("ein Beitrag, den Sie nicht sehen können"),
    BuildingBlock: gettext_lazy("ein Baustein, den Sie nicht sehen können"),
}


class Names:
    """Names of things that versions point at, as far as `reader` may know of them."""

    def __init__(self, reader: User) -> None:
        self._reader = reader
        self._names: dict[Thing, str] = {}
        self._gone: set[Thing] = set()

    def read(self, wanted: Mapping[type[Model], set[int]]) -> None:
        """One query, and one more where something is gone."""
        self._names |= _union(_query(model, self._rows(model), "pk", keys) for model, keys in wanted.items())
        missing = {
            model: gone
            for model, keys in wanted.items()
            if (gone := {key for key in keys if (model._meta.label, key) not in self._names})
        }
        self._gone |= {(model._meta.label, key) for model, keys in missing.items() for key in keys}
        self._names |= _union(
            _query(model, model.pgh_event_model._base_manager.all(), "id", keys, "pgh_id")
            for model, keys in missing.items()
            if model not in HIDDEN and hasattr(model, "pgh_event_model")
        )

    def _rows(self, model: type[Model]) -> QuerySet[Any]:
        rows: Any = model._default_manager if model in HIDDEN else model._base_manager
        return rows.visible_to(self._reader) if model in HIDDEN else rows.all()

    def of(self, model: type[Model], key: int | None) -> str:
        if key is None:
            return ""
        known = (model._meta.label, key)
        if model in HIDDEN and known in self._gone:
            return str(HIDDEN[model])
        name = self._names.get(known, _("ohne Namen"))
        return _("%(name)s (inzwischen gelöscht)") % {"name": name} if known in self._gone else name

    def exists(self, model: type[Model], key: int | None) -> bool:
        return key is None or (model._meta.label, key) not in self._gone


def _query(model: type[Model], rows: QuerySet[Any], key: str, keys: set[int], *order: str) -> Any:
    columns = {each.name for each in rows.model._meta.concrete_fields}
    column = next(each for each in NAME_COLUMNS if each in columns)
    label = Value(model._meta.label, output_field=CharField())
    position = F(order[0]) if order else Value(0)
    found = rows.order_by().filter(**{f"{key}__in": keys})
    return found.values_list(label, key, Cast(column, CharField()), position)


def _union(queries: Iterable[Any]) -> dict[Thing, str]:
    """Of several names of the same thing the one with the last position."""
    first, *others = [*queries, None]
    if first is None:
        return {}
    rows = first.union(*[each for each in others if each is not None], all=True)
    return {(label, key): name for label, key, name, _position in sorted(rows, key=lambda row: row[3])}


@dataclass(frozen=True)
class State:
    """A version with all it said."""

    version: Version
    values: Mapping[str, Any]  # of the write-up's recorded columns, by attname
    names: Names = field(repr=False)

    def rows(self, part: str) -> Rows:
        return self.version.rows[part]

    def name_of(self, foreign_key: ForeignKey, values: Mapping[str, Any]) -> str:
        return self.names.of(target_of(foreign_key), values[foreign_key.attname])


def read(versions: Sequence[Version], reader: User) -> list[State]:
    """The states of these versions, for this person. Two queries, three where something named is gone."""
    attnames = [each.attname for each in recorded_fields()]
    found = event_model().objects.filter(pgh_id__in={version.event_id for version in versions})
    values = {row["pgh_id"]: row for row in found.values("pgh_id", *attnames)}
    names = Names(reader)
    states = [State(version, values[version.event_id], names) for version in versions]
    names.read(_targets(states))
    return states


def _targets(states: Iterable[State]) -> dict[type[Model], set[int]]:
    targets: dict[type[Model], set[int]] = defaultdict(set)
    own = [each for each in recorded_fields() if isinstance(each, ForeignKey)]
    for state in states:
        pairs = [(each, state.values) for each in own]
        pairs += [
            (each, row)
            for part in PARTS
            for row in state.rows(part.name).values()
            for each in part.foreign_keys
        ]
        for foreign_key, row in pairs:
            if (key := row[foreign_key.attname]) is not None:
                targets[target_of(foreign_key)].add(key)
    return targets
