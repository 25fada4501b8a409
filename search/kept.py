"""Reads whose SQL is worked out once: building and compiling a long queryset takes longer than to run it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from psycopg.types.numeric import Int8

from search.preparing import Preparing, with_constants

SHAPES = 256
LARGEST = 2**63  # what PostgreSQL's integers are smaller than
Value = int | float | str | list[int]
Single = int | float | str


class IsOneOf(models.Func):
    """Whether a column holds one of these numbers, in one parameter however many there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, numbers: list[int]) -> None:
        given = models.Value(numbers, output_field=ArrayField(models.BigIntegerField()))
        super().__init__(models.F(column), given)


@dataclass(frozen=True)
class _Statement:
    queryset: models.QuerySet[Any]
    compiler: Any
    sql: str  # with all parameters written out that do not change
    params: tuple[Any, ...]  # those that do
    names: dict[Single, str]  # of the values, by what stood in for them


@dataclass(frozen=True)
class Ahead:
    """What stands before a statement, `WITH name AS (…)`, so that raw parts of its queryset can name it."""

    sql: str
    params: Sequence[Any]


NOTHING = Ahead("", ())


class KeptSelect:
    """Runs querysets that differ in nothing but some values.

    `rows(shape, build, pk=5)` calls `build(pk=…)` once for each `shape`, with stand-ins; from then on it only
    puts the values in, lists where `IsOneOf` has them. So `shape` has to say all else that the queryset
    depends on: the reader above all, and the day where that matters. The least used shapes are forgotten.
    """

    def __init__(self) -> None:
        self._statement = lru_cache(SHAPES)(_work_out)

    def rows(
        self,
        shape: Hashable,
        build: Callable[..., models.QuerySet[Any]],
        ahead: Ahead = NOTHING,
        /,
        **values: Value,
    ) -> list[Any]:
        """What the queryset gives, evaluated: models, dicts or tuples. `ahead` may be another each time."""
        return self.rows_with(shape, build, values, ahead=ahead)

    def rows_with(
        self,
        shape: Hashable,
        build: Callable[..., models.QuerySet[Any]],
        values: Mapping[str, Value],
        *,
        spare: Iterable[str] = (),
        ahead: Ahead = NOTHING,
    ) -> list[Any]:
        """The same where the values are at hand as a mapping; those in `spare` need not occur."""
        kinds = tuple((name, type(value)) for name, value in values.items())
        statement = self._statement(shape, kinds, frozenset(spare), _Build(build))
        return _run(statement, ahead, values) if statement else []


class _Build:
    """A function that is no part of the key and goes once it is worked out, since it knows the request."""

    def __init__(self, build: Callable[..., models.QuerySet[Any]]) -> None:
        self._build: Callable[..., models.QuerySet[Any]] | None = build

    def __call__(self, **values: Value) -> models.QuerySet[Any]:
        assert self._build is not None  # noqa: S101  each is worked out once
        return self._build(**values)

    def forget(self) -> None:
        self._build = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Build)

    def __hash__(self) -> int:
        return 0


def _work_out(
    _shape: Hashable, kinds: tuple[tuple[str, type[Value]], ...], spare: frozenset[str], made_by: _Build
) -> _Statement | None:
    """The statement, or None where the conditions exclude everything."""
    stand_ins = {name: _stand_in(kind, number) for number, (name, kind) in enumerate(kinds)}
    queryset = made_by(**stand_ins)
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        _refuse_narrow(made_by, kinds)
        return None
    finally:
        made_by.forget()
    names = {single: name for name, value in stand_ins.items() for single in _parts(value)}
    places = tuple(place for place, param in enumerate(params) if not names.keys().isdisjoint(_parts(param)))
    used = {part for place in places for part in _parts(params[place])}
    if any(value not in used for value, name in names.items() if name not in spare):
        raise ValueError(f"{queryset.model.__name__}: not all of {[*stand_ins]} are parameters")
    sql = with_constants(sql, params, places, connections[queryset.db])
    if not sql.startswith("SELECT"):  # pghistory would send along who makes a change
        sql = f"SELECT * FROM ({sql}) AS found"  # noqa: S608  Django's own SQL
    return _Statement(queryset, compiler, sql, tuple(params[place] for place in places), names)


def _refuse_narrow(made_by: _Build, kinds: tuple[tuple[str, type[Value]], ...]) -> None:
    """Django leaves out what a column cannot hold: a stand-in there would exclude every row for ever."""
    queryset = made_by(**{name: kind() for name, kind in kinds})
    try:
        queryset.query.get_compiler(using=queryset.db).as_sql()
    except EmptyResultSet:
        return
    raise ValueError(f"{queryset.model.__name__}: a column is too narrow, name the value in the shape")


def _parts(param: Any) -> list[Any]:
    """The values in a parameter, which may be an array."""
    return [part for one in param for part in _parts(one)] if isinstance(param, list) else [param]


def _stand_in(kind: type[Value], number: int) -> Value:
    """What no row has, and no other kind of value equals."""
    if kind is str:
        return f"\ue000{number}"
    if kind is list:
        return [-2_147_000_000 - number]
    return -2_147_000_000 - number if kind is int else -2_140_000_000.5 - number


def _filled(param: Any, by_stand_in: Mapping[Single, Value]) -> Any:
    if isinstance(param, list):
        filled = [_filled(part, by_stand_in) for part in param]
        return [each for part in filled for each in (part if isinstance(part, list) else [part])]
    if param not in by_stand_in:
        return param
    value = by_stand_in[param]
    if isinstance(value, list):
        return list(map(_sized, value))
    # Of the same type, by which psycopg writes it: Django says there how wide a number is.
    return _sized(value) if type(param) is int else type(param)(value)


def _sized(number: Any) -> Any:
    """Always of one width: for each width PostgreSQL would keep another statement."""
    return Int8(number) if -LARGEST <= number < LARGEST else number


def _run(statement: _Statement, ahead: Ahead, values: Mapping[str, Value]) -> list[Any]:
    template = statement.queryset
    by_stand_in = {stand_in: values[name] for stand_in, name in statement.names.items()}
    params = [*ahead.params, *(_filled(param, by_stand_in) for param in statement.params)]
    compiler, sql = copy.copy(statement.compiler), statement.sql
    compiler.connection = connections[template.db]  # of this thread
    if ahead.sql:
        sql = f"{ahead.sql} {sql}"  # planned for its values each time
    else:
        compiler.connection = Preparing(compiler.connection)
    compiler.as_sql = lambda *_args, **_options: (sql, params)
    query = copy.copy(template.query)
    query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
    queryset = type(template)(model=template.model, query=query, using=template.db)
    made = cast(Any, queryset)
    made._fields = cast(Any, template)._fields
    made._iterable_class = cast(Any, template)._iterable_class
    made._prefetch_related_lookups = cast(Any, template)._prefetch_related_lookups
    return list(queryset)
