"""All numbers of a scope, from four queries whatever their size; `figures` puts them into words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Cast

from cities.enums import SIZE_THRESHOLDS
from ikone.statistics import sources
from ikone.statistics.scope import Scope
from practices.adoption.savings import Group, groups_of
from practices.facets import PLACES

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTED_FACETS = ("kind", "phase", "state", "size", "checked")
TEXT: CharField[str, str] = CharField()
# One look at the entries: by facets, by topic, and those of the period by month.
ENTRIES = """
    WITH found AS MATERIALIZED (
        SELECT facets & {mask} AS code, topics, date, date >= %s AS is_new,
            confirmed_on >= %s AS holds, confirmed_on BETWEEN %s AND %s AS confirmed
        FROM ({rows}) AS entry
    )
    SELECT 'facets', code, is_new, holds, confirmed, count(*) FROM found
    GROUP BY code, is_new, holds, confirmed
    UNION ALL
    SELECT 'topic', topic, is_new, false, false, count(*) FROM found, unnest(topics) AS topic
    WHERE topic > 0 GROUP BY topic, is_new
    UNION ALL
    SELECT 'month', (extract(year FROM date) * 12 + extract(month FROM date) - 1)::integer AS month,
        true, false, false, count(*)
    FROM found WHERE is_new GROUP BY month
"""


@dataclass
class Tally:
    """Rows with numbers; `total` adds up those that fit."""

    rows: list[tuple[dict[str, Any], int]] = field(default_factory=list)

    def total(self, **wanted: Any) -> int:
        return sum(n for row, n in self.rows if all(row[key] == value for key, value in wanted.items()))

    def by(self, key: str, **wanted: Any) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for row, n in self.rows:
            if all(row[name] == value for name, value in wanted.items()):
                found[row[key]] += n
        return found


@dataclass
class Numbers:
    """What `count` found. Codes of the write-ups' facets are those of `practices.facets`."""

    write_ups: Tally
    by_topic: Counter[int]
    new_by_topic: Counter[int]
    by_month: Counter[int]  # months since year 0
    others: dict[str, Tally]  # cities, adoptions, questions, opinions and active cities
    savings: list[Group]
    leaders: list[tuple[int, int, str]]  # a topic, and key and name of a city that leads it


def count(scope: Scope) -> Numbers:
    write_ups, by_topic, new_by_topic, by_month = _count_entries(scope)
    leading = (
        sources.leaderships(scope)
        .order_by("city__sort_name")
        .values_list("topic_id", "city_id", "city__name")
    )
    return Numbers(
        write_ups=write_ups,
        by_topic=by_topic,
        new_by_topic=new_by_topic,
        by_month=by_month,
        others=_count_others(scope),
        savings=groups_of(sources.savings(scope)),
        leaders=list(leading),
    )


def _count_entries(scope: Scope) -> tuple[Tally, Counter[int], Counter[int], Counter[int]]:
    columns = sources.entries(scope).order_by().values("facets", "topics", "date", "confirmed_on")
    sql, parameters = columns.query.sql_with_params()
    mask = sum(PLACES[name].mask << PLACES[name].shift for name in COUNTED_FACETS)
    statement = ENTRIES.format(mask=mask, rows=sql)
    of_period = [scope.first, sources.confirmed_since(), scope.first, scope.last]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_period, *parameters])
        rows = cursor.fetchall()
    tally, by_topic, new_by_topic, by_month = Tally(), Counter[int](), Counter[int](), Counter[int]()
    for what, code, is_new, holds, confirmed, n in rows:
        if what == "facets":
            known = {name: PLACES[name].of(code) for name in COUNTED_FACETS}
            tally.rows.append((known | {"is_new": is_new, "holds": holds, "confirmed": confirmed}, n))
        elif what == "topic":
            by_topic[code] += n
            new_by_topic[code] += n if is_new else 0
        else:
            by_month[code] += n
    return tally, by_topic, new_by_topic, by_month


def _count_others(scope: Scope) -> dict[str, Tally]:
    """Everything else in one query: each source grouped, all of them one below the other."""
    entered_now = Q(created_at__gte=scope.begins_at)
    parts = [
        _grouped(
            sources.cities(scope), "cities", "status",
            state=F("state"), size=_size(), is_new=sources.joined_in(scope),
        ),
        _grouped(
            sources.adoptions(scope), "adoptions", "stage",
            flag=Q(confirmed_on__isnull=False), is_new=entered_now,
        ),
        _grouped(sources.questions(scope), "questions", "state"),
        _grouped(sources.opinions(scope), "opinions", "verdict"),
        _grouped(sources.active_cities(scope), "active", "status"),
    ]  # fmt: skip
    found: dict[str, Tally] = {
        name: Tally() for name in ("cities", "adoptions", "questions", "opinions", "active")
    }
    for what, value, state, size, flag, is_new, n in parts[0].union(*parts[1:], all=True):
        row = {"value": value, "state": state, "size": size, "flag": flag, "is_new": is_new}
        found[what].rows.append((row, n))
    return found


def _grouped(
    rows: QuerySet[Any],
    what: str,
    value: str,
    *,
    state: Any = None,
    size: Any = None,
    flag: Q | None = None,
    is_new: Q | None = None,
) -> QuerySet[Any, Any]:
    empty = Value("", output_field=TEXT)
    named = rows.order_by().annotate(
        s_what=Value(what, output_field=TEXT),
        s_value=Cast(value, TEXT),
        s_state=Cast(state, TEXT) if state is not None else empty,
        s_size=size if size is not None else empty,
        s_flag=_whether(flag),
        s_new=_whether(is_new),
    )
    keys = ["s_what", "s_value", "s_state", "s_size", "s_flag", "s_new"]
    return named.values(*keys).annotate(s_number=Count("pk")).values_list(*keys, "s_number")


def _whether(condition: Q | None) -> Any:
    if condition is None:
        return Value(False, output_field=BooleanField())
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _size() -> Case:
    classes = [When(population__gte=least, then=Value(size.value)) for least, size in SIZE_THRESHOLDS]
    return Case(*classes, default=Value(""), output_field=TEXT)
