"""Who is how far with which service: the board of all, and one city's part in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, FloatField, Q, Value, When, Window
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.utils.translation import gettext as _

from cities.enums import SizeClass, State
from cities.models import City
from search.paging import Page
from topics.models import Service, ServiceProgress
from topics.ozg.enums import HIGHEST, ProgressState
from topics.ozg.fields import Fields
from topics.ozg.forms.filters import Standing
from ui.facets import Choice, Facet

if TYPE_CHECKING:
    from topics.ozg.forms import BoardFilter
    from topics.ozg.querysets import ProgressQuerySet, ServiceQuerySet

PAGE_SIZE = 40
MOST_NAMED = 4  # cities of a kind in one row


@dataclass
class BoardRow:
    """A service with the cities to ask and those at work, the furthest first."""

    service: Service
    live_number: int
    working_number: int
    live: list[ServiceProgress] = field(default_factory=list)
    working: list[ServiceProgress] = field(default_factory=list)

    @property
    def standings(self) -> set[Standing]:
        return standings_of(self.live_number, self.working_number)

    @property
    def furthest(self) -> ServiceProgress | None:
        return next(iter(self.live or self.working), None)

    @property
    def further_live(self) -> list[ServiceProgress]:
        return self.live[1:]

    @property
    def more_live(self) -> int:
        return self.live_number - len(self.live)

    @property
    def more_working(self) -> int:
        return self.working_number - len(self.working)


@dataclass(frozen=True)
class Board:
    """One page of the board, and its facets."""

    rows: Sequence[BoardRow]
    page: Page
    facets: Sequence[Facet]


def standings_of(live: int, working: int) -> set[Standing]:
    """Where some are live others may be at work: its row says both, and both filters find it."""
    found = {standing for standing, number in ((Standing.LIVE, live), (Standing.IN_WORK, working)) if number}
    return found or {Standing.NOBODY}


def matching(services: ServiceQuerySet, text: str) -> ServiceQuerySet:
    """Digits find keys, words the name."""
    if text.isdecimal():
        return services.filter(Q(leika_key__startswith=text) | Q(ozg_id__startswith=text))
    return services.containing(text) if text else services


def read_board(form: BoardFilter, fields: Fields, start: int) -> Board:
    """Three queries, however many services and cities there are."""
    states, sizes = form.chosen("land"), form.chosen("groesse")
    cities = _cities_of(states, sizes)
    numbers = _numbers(cities)
    found = matching(Service.objects.current(), form.text).select_related("field").in_order()
    rows = [
        BoardRow(one, numbers[one.pk, ProgressState.LIVE], numbers[one.pk, ProgressState.IN_WORK])
        for one in found
    ]
    field_ids, stands = form.field_ids, set(form.chosen("stand"))
    in_field = [row for row in rows if not field_ids or row.service.field_id in field_ids]
    in_standing = [row for row in rows if not stands or row.standings & stands]
    shown = [row for row in in_field if not stands or row.standings & stands]
    part = shown[start : start + PAGE_SIZE]
    _name_cities(part, cities)
    by_field = Counter(row.service.field_id for row in in_standing)
    standings = Counter(standing for row in in_field for standing in row.standings)
    facets = [
        Facet(
            "thema",
            _("Themenfeld"),
            [
                Choice(node.slug, node.name, by_field[node.id], node.id in field_ids)
                for node in fields
                if by_field[node.id] or node.id in field_ids
            ],
            is_open=True,
            shown=14,
        ),
        Facet(
            "stand",
            _("Stand im Netzwerk"),
            [Choice(one.value, str(one.label), standings[one], one.value in stands) for one in Standing],
            is_open=True,
        ),
        *place_facets(states, sizes),
    ]
    return Board(part, Page.at_offset(start, len(part), len(shown)), [f for f in facets if f.choices])


def place_facets(states: Collection[str], sizes: Collection[str]) -> list[Facet]:
    """Which cities count; without numbers, since what is listed are services."""
    lands = sorted(State, key=lambda state: str(state.label))
    return [
        Facet(
            "land",
            _("Bundesland der Stadt"),
            [Choice(one.value, str(one.label), None, one.value in states) for one in lands],
            shown=16,
        ),
        Facet(
            "groesse",
            _("Größe der Stadt"),
            [Choice(one.value, str(one.label), None, one.value in sizes) for one in SizeClass],
        ),
    ]


def _cities_of(states: Collection[str], sizes: Collection[str]) -> Any:
    cities = City.objects.in_network()
    if states:
        cities = cities.filter(state__in=states)
    if sizes:
        cities = cities.of_sizes(sizes)
    return cities.order_by().values("pk")


def _numbers(cities: Any) -> Counter[tuple[int, str]]:
    """Cities by service and state, in one query of its own: joined, the database would group wide rows."""
    rows = ServiceProgress.objects.begun().filter(city__in=cities).order_by()
    counted = rows.values_list("service_id", "state").annotate(number=Count("pk"))
    return Counter({(service_id, state): number for service_id, state, number in counted})


def _name_cities(rows: Sequence[BoardRow], cities: Any) -> None:
    """The first cities of each kind, in one query."""
    place = Window(
        RowNumber(),
        partition_by=[F("service"), F("state")],
        order_by=[_ripeness().desc(), F("updated_at").desc(), F("city__sort_name").asc()],
    )
    progress = (
        ServiceProgress.objects.begun()
        .filter(service__in=[row.service.pk for row in rows], city__in=cities)
        .annotate(place=place)
        .filter(place__lte=MOST_NAMED)
        .select_related("city")
        .order_by("place")
    )
    by_service: dict[int, list[ServiceProgress]] = defaultdict(list)
    for one in progress:
        by_service[one.service_id].append(one)
    for row in rows:
        mine = by_service[row.service.pk]
        row.live = [one for one in mine if one.state == ProgressState.LIVE]
        row.working = [one for one in mine if one.state == ProgressState.IN_WORK]


def _ripeness() -> Any:
    """How far on its own scale, from 0 to 1, so that both models can stand in one list."""
    highest = [When(model_version=model, then=Value(float(top))) for model, top in HIGHEST.items()]
    return Coalesce(Cast(F("maturity"), FloatField()) / Case(*highest, default=Value(1.0)), Value(0.0))


def furthest_first(progress: ProgressQuerySet) -> ProgressQuerySet:
    """Live before in work before not begun; then the ripest, then the latest said."""
    ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(ProgressState.values)]
    return progress.order_by(
        Case(*ranks, default=Value(0)).desc(), _ripeness().desc(), "-updated_at", "city__sort_name"
    )


@dataclass(frozen=True)
class CityPart:
    """What a city has said, by Themenfeld, and its numbers."""

    groups: list[tuple[Any, list[ServiceProgress]]]
    numbers: Counter[str]

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


def part_of(city: City, fields: Fields) -> CityPart:
    """One query."""
    rows = list(ServiceProgress.objects.of_city(city).order_by("service__sort_name"))
    by_field: dict[int, list[ServiceProgress]] = defaultdict(list)
    for row in rows:
        by_field[row.service.field_id].append(row)
    order = {node.id: place for place, node in enumerate(fields)}
    groups = sorted(by_field.items(), key=lambda pair: order.get(pair[0], len(order)))
    return CityPart(
        [(group[0].service.field, group) for _field, group in groups], Counter(row.state for row in rows)
    )
