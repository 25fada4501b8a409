"""All versions of a write-up: which events belong together, and what was linked at each.

Two queries whatever the number of versions and tables. Of long texts only a fingerprint is read here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Field

from practices.enums import Step
from practices.history.fields import event_model, recorded_fields
from practices.history.parts import PARTS, Part
from practices.models import Practice, WorkflowStep

Row = Mapping[str, Any]
Rows = Mapping[int, Row]
CONTEXT = "pghistory_context"
# The status alone does not tell whether a draft was given back or taken back. A step is written in the
# transaction of its version, whose time is when that began.
IS_RETURN = f"""EXISTS (
    SELECT FROM {WorkflowStep._meta.db_table} s
    WHERE s.practice_id = e.pgh_obj_id AND s.step = '{Step.RETURNED}'
    AND s.at BETWEEN e.pgh_created_at AND e.pgh_created_at + interval '10 seconds'
)"""


@dataclass(frozen=True)
class Version:
    """A state that somebody made with one save; `number` counts from 1, the oldest."""

    number: int
    at: dt.datetime
    user_id: int | None
    event_id: int  # of the write-up's own columns
    rows: Mapping[str, Rows]  # of each part, by the row's id
    restored: int | None = None  # the number of the version that it brought back
    is_return: bool = False  # with it the write-up was given back to its author


@dataclass
class _Save:
    """Events of one transaction, or of one context where several transactions were one act."""

    at: dt.datetime
    user_id: int | None
    restored: int | None
    own: list[_Own] = field(default_factory=list)
    of_parts: list[_OfPart] = field(default_factory=list)


@dataclass(frozen=True)
class _Own:
    event_id: int
    at: dt.datetime
    context: str | None
    user_id: int | None
    restored: int | None
    is_return: bool
    fingerprint: int


@dataclass(frozen=True)
class _OfPart:
    part: str
    event_id: int
    at: dt.datetime
    context: str | None
    user_id: int | None
    restored: int | None
    is_delete: bool
    state: dict[str, Any]


def read(practice: Practice) -> list[Version]:
    """Its versions, the oldest first."""
    versions: list[Version] = []
    rows: dict[str, dict[int, Row]] = {part.name: {} for part in PARTS}
    event_id, fingerprint = 0, None
    for save in _saves(_own_events(practice), _part_events(practice)):
        before = rows
        if save.of_parts:
            rows = {name: dict(of_part) for name, of_part in rows.items()}
            for event in sorted(save.of_parts, key=lambda event: event.event_id):
                _apply(event, rows[event.part])
        if save.own:
            event_id = save.own[-1].event_id
        is_new = bool(save.own) and save.own[-1].fingerprint != fingerprint
        fingerprint = save.own[-1].fingerprint if save.own else fingerprint
        if event_id and (is_new or _contents(before) != _contents(rows)):
            is_return = any(event.is_return for event in save.own)
            number = len(versions) + 1
            versions.append(Version(number, save.at, save.user_id, event_id, rows, save.restored, is_return))
    return versions


def _apply(event: _OfPart, rows: dict[int, Row]) -> None:
    key = event.state["id"]
    if event.is_delete:
        rows.pop(key, None)
    else:
        rows[key] = event.state


def _contents(rows: Mapping[str, Rows]) -> dict[str, list[str]]:
    """What the rows say, whatever their ids: rows written anew with the same values are no change."""
    return {
        part.name: sorted(
            repr([row.get(column.attname) for column in part.columns]) for row in rows[part.name].values()
        )
        for part in PARTS
    }


def _saves(own: Iterable[_Own], of_parts: Iterable[_OfPart]) -> list[_Save]:
    saves: dict[Any, _Save] = {}
    for event in own:
        saves.setdefault(_act_of(event), _Save(event.at, event.user_id, event.restored)).own.append(event)
    for other in of_parts:
        saves.setdefault(_act_of(other), _Save(other.at, other.user_id, other.restored)).of_parts.append(
            other
        )
    return sorted(saves.values(), key=_place)


def _place(save: _Save) -> tuple[dt.datetime, bool, int]:
    """Acts of one transaction have the same time: the write-up's own events come first, in their order."""
    return save.at, not save.own, save.own[0].event_id if save.own else 0


def _act_of(event: _Own | _OfPart) -> Any:
    """The database's clock stands still within a transaction, so events without a context group by it."""
    return event.context or event.at


def _own_events(practice: Practice) -> list[_Own]:
    meta = event_model()._meta
    columns = ", ".join(f"e.{_quoted(each.column)}" for each in recorded_fields() if each.column)
    rows = _read(
        f"""
        SELECT e.pgh_id, e.pgh_created_at, e.pgh_context_id::text,
               coalesce((c.metadata->>'user')::bigint, e.updated_by_id), (c.metadata->>'restored')::int,
               {IS_RETURN},
               hashtextextended(ROW({columns})::text, 0)
        FROM {_quoted(meta.db_table)} e LEFT JOIN {CONTEXT} c ON c.id = e.pgh_context_id
        WHERE e.pgh_obj_id = %s AND e.pgh_label <> 'delete' ORDER BY e.pgh_id
        """,  # noqa: S608  names of tables and columns, no input
        [practice.pk],
    )
    return [_Own(*row) for row in rows]


def _part_events(practice: Practice) -> list[_OfPart]:
    selects, values = [], []
    for part in PARTS:
        owned = part.owned_by(practice)
        condition = " AND ".join(f"e.{_quoted(column)} = %s" for column in owned)
        selects.append(
            f"""
            SELECT %s, e.pgh_id, e.pgh_created_at, e.pgh_context_id::text, (c.metadata->>'user')::bigint,
                   (c.metadata->>'restored')::int, e.pgh_label = 'delete', to_jsonb(e)::text
            FROM {_quoted(part.event_model._meta.db_table)} e
            LEFT JOIN {CONTEXT} c ON c.id = e.pgh_context_id WHERE {condition}
            """  # noqa: S608  names of tables and columns, no input
        )
        values += [part.name, *owned.values()]
    by_name = {part.name: part for part in PARTS}
    rows = _read(" UNION ALL ".join(selects), values)
    return [_OfPart(*(*row[:-1], _state(by_name[row[0]], row[-1]))) for row in rows]


def _state(part: Part, text: str) -> dict[str, Any]:
    """The row's values as its fields have them; JSON knows neither dates nor exact decimals."""
    raw = json.loads(text, parse_float=Decimal)
    columns: Iterable[Field] = part.columns
    return {"id": raw["id"]} | {each.attname: each.to_python(raw[each.column]) for each in columns}


def _read(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
