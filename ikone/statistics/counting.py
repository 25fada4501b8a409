"""All numbers of a scope, from four queries whatever their size; `figures` puts them into words."""

from __future__ import annotations

from collections import Counter, defaultdict
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
from practices.search_entry import SOURCE

if TYPE_CHECKING:
    from django.db.models import QuerySet

TEXT: CharField[str, str] = CharField()
FACETS = {name: PLACES[name] for name in ("kind", "phase", "state", "size", "checked")}
MASK = sum(place.mask << place.shift for place in FACETS.values())
VALUES = {name: f"code >> {place.shift} & {place.mask}" for name, place in FACETS.items()}
VALUES |= {flag: f"{flag}::integer" for flag in ("is_new", "holds", "confirmed")}
SUMS = "\n UNION ALL ".join(
    f"SELECT '{what}' AS what, {value} AS value, sum(n) AS n FROM coded GROUP BY 2"  # noqa: S608  our own
    for what, value in VALUES.items()
)
# What entries are counted by; first once by all that is packed, since that leaves some thousand rows.
ENTRIES = f"""
    WITH found AS NOT MATERIALIZED (
        SELECT facets & {MASK} AS code, topics, date, date >= %(first)s AS is_new,
            confirmed_on >= %(since)s AS holds, confirmed_on BETWEEN %(first)s AND %(last)s AS confirmed
        FROM search_entry WHERE source = %(source)s AND date <= %(last)s {{narrowed}}
    ), coded AS MATERIALIZED (
        SELECT code, is_new, holds, confirmed, count(*) AS n FROM found
        GROUP BY code, is_new, holds, confirmed
    )
    {SUMS}
    UNION ALL
    SELECT 'topic', topic, count(*) FROM found, unnest(topics) AS topic WHERE topic > 0 GROUP BY topic
    UNION ALL
    SELECT 'new_topic', topic, count(*) FROM found, unnest(topics) AS topic
    WHERE topic > 0 AND date >= %(first)s GROUP BY topic
    UNION ALL
    SELECT 'month', (extract(year FROM date) * 12 + extract(month FROM date) - 1)::integer AS month, count(*)
    FROM found WHERE date >= %(first)s GROUP BY month
"""  # noqa: S608  names and numbers of our own


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
    """What `count` found.

    `write_ups` are numbers by value of each facet (codes of `practices.facets`), by whether they are new,
    still hold and were confirmed in the period (1), by topic, by topic of new ones and by month since year 0.
    """

    write_ups: dict[str, Counter[int]]
    others: dict[str, Tally]  # cities, adoptions, questions, opinions and active cities
    savings: list[Group]
    leaders: list[tuple[int, int, str]]  # a topic, and key and name of a city that leads it


def count(scope: Scope) -> Numbers:
    leading = (
        sources.leaderships(scope)
        .order_by("city__sort_name")
        .values_list("topic_id", "city_id", "city__name")
    )
    return Numbers(
        write_ups=_count_write_ups(scope),
        others=_count_others(scope),
        savings=groups_of(sources.savings(scope)),
        leaders=list(leading),
    )


def _count_write_ups(scope: Scope) -> dict[str, Counter[int]]:
    """The entries of `sources.entries`, written out because each is read for several sums at once."""
    known: dict[str, Any] = {
        "source": SOURCE, "first": scope.first, "last": scope.last, "since": sources.confirmed_since(),
    }  # fmt: skip
    narrowed = ""
    if scope.topic:
        narrowed, known["topics"] = "AND topics @> %(topics)s::integer[]", [scope.topic.id]
    for name, code in sources.codes_of(scope).items():
        place = PLACES[name]
        narrowed += f" AND facets >> {place.shift} & {place.mask} = %({name})s"
        known[name] = code
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES.format(narrowed=narrowed), known)
        rows = cursor.fetchall()
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for what, value, number in rows:
        found[what][value] += int(number)
    return found


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
