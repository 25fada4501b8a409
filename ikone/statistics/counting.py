"""All numbers of a scope, from five queries whatever their size; `figures` puts them into words."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import BooleanField, Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from cities.enums import SIZE_THRESHOLDS
from ikone.statistics import sources
from ikone.statistics.scope import Scope
from practices.adoption.savings import Group, groups_of
from practices.facets import PLACES
from practices.search_entry import SOURCE
from search.counting import TopicCounts
from search.kept import KeptSelect
from search.models import Audience

if TYPE_CHECKING:
    from django.db.models import QuerySet

OTHERS = KeptSelect()
TEXT: CharField[str, str] = CharField()
FACETS = {name: PLACES[name] for name in ("kind", "phase", "state", "size", "checked")}
MASK = sum(place.mask << place.shift for place in FACETS.values())
VALUES = {name: f"code >> {place.shift} & {place.mask}" for name, place in FACETS.items()}
VALUES |= {flag: f"{flag}::integer" for flag in ("is_new", "holds", "confirmed")}
SUMS = "\n UNION ALL ".join(
    f"SELECT '{what}' AS what, {value} AS value, sum(n) AS n FROM coded WHERE date IS NULL GROUP BY 2"  # noqa: S608  our own
    for what, value in VALUES.items()
)
# What entries are counted by, in one look at them: by all that is packed, and by day.
ENTRIES = f"""
    WITH coded AS MATERIALIZED (
        SELECT facets & {MASK} AS code, date >= %(first)s AS is_new, confirmed_on >= %(since)s AS holds,
            confirmed_on BETWEEN %(first)s AND %(last)s AS confirmed, date, count(*) AS n
        FROM search_entry WHERE source = %(source)s AND date <= %(last)s {{narrowed}}
        GROUP BY GROUPING SETS ((1, 2, 3, 4), (5))
    )
    {SUMS}
    UNION ALL
    SELECT 'month', (extract(year FROM date) * 12 + extract(month FROM date) - 1)::integer, sum(n)
    FROM coded WHERE date >= %(first)s GROUP BY 2
    UNION ALL
    SELECT {{what}}, topic, count(*) FROM (
        SELECT date, unnest(topics) AS topic FROM search_entry WHERE source = %(source)s AND {{counted}}
    ) AS named WHERE topic > 0 GROUP BY 1, 2
"""  # noqa: S608  names and numbers of our own
BY_AGE = "CASE WHEN date >= %(first)s THEN 'new_topic' ELSE 'former_topic' END"


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
    still hold and were confirmed in the period (1), by topic and by month since year 0; where asked for, also
    by topic of new ones.
    """

    write_ups: dict[str, Counter[int]]
    others: dict[str, Tally]  # cities, adoptions, questions, opinions and active cities
    savings: list[Group]
    leaders: list[tuple[int, int, str]]  # a topic, and key and name of a city that leads it


def count(scope: Scope, *, new_by_topic: bool) -> Numbers:
    """Costs five queries at most; `new_by_topic` is what takes the longest."""
    leading = (
        sources.leaderships(scope)
        .order_by("city__sort_name")
        .values_list("topic_id", "city_id", "city__name")
    )
    return Numbers(
        write_ups=_count_write_ups(scope, new_by_topic=new_by_topic),
        others=_count_others(scope),
        savings=groups_of(sources.savings(scope)),
        leaders=list(leading),
    )


def _count_write_ups(scope: Scope, *, new_by_topic: bool) -> dict[str, Counter[int]]:
    """The entries of `sources.entries`, written out because each is read for several sums at once."""
    is_whole_network = not (new_by_topic or scope.topic or scope.state or scope.size)
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
    what, counted = (
        ("'later_topic'", "date > %(last)s") if is_whole_network else (BY_AGE, f"date <= %(last)s {narrowed}")
    )
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES.format(narrowed=narrowed, what=what, counted=counted), known)
        rows = cursor.fetchall()
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for what, value, number in rows:
        found[what][value] += int(number)
    found["topic"] = found["new_topic"] + found["former_topic"]
    # Every write-up has several topics, so it is quicker to take off what came after the period.
    if is_whole_network:
        found["topic"] = Counter(dict(TopicCounts.of(Audience.NETWORK, source=SOURCE))) - found["later_topic"]
    return found


def _count_others(scope: Scope) -> dict[str, Tally]:
    """Everything else in one query, kept for who asks the same again."""
    found: dict[str, Tally] = {
        name: Tally() for name in ("cities", "adoptions", "questions", "opinions", "active")
    }
    rows = OTHERS.rows((scope, timezone.localdate()), lambda: _others(scope))
    for what, value, state, size, flag, is_new, n in rows:
        row = {"value": value, "state": state, "size": size, "flag": flag, "is_new": is_new}
        found[what].rows.append((row, n))
    return found


def _others(scope: Scope) -> QuerySet[Any, Any]:
    """Each source grouped, all of them one below the other."""
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
    return parts[0].union(*parts[1:], all=True)


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
