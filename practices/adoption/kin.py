"""The family of a write-up: what it builds on, what was made of it, and who took each over when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from cities.permissions import city_ids_of
from practices.adoption.drawing import Axis, per_cent
from practices.adoption.enums import RUNNING
from practices.adoption.reading import Adopter, adopters_of
from practices.enums import RelationKind, Status
from practices.models import Adoption, Practice, Relation
from practices.partial_dates import display
from practices.permissions import can_see_city

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

MOST = 40
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
LANE, TOP = 44, 30
CLOSE, BELOW = 2.5, 18  # a dot so close to the number, in per cent, is drawn so far below it
# Only along relations that this person may know of, else the ends would tell of what lies between.
FAMILY = """
    WITH RECURSIVE shown AS ({shown}),
    kin AS (
        SELECT %s::bigint AS id
        UNION
        SELECT CASE WHEN shown.source_id = kin.id THEN shown.target_id ELSE shown.source_id END
        FROM shown JOIN kin ON kin.id IN (shown.source_id, shown.target_id)
    )
    SELECT source_id, target_id FROM shown WHERE source_id IN (SELECT id FROM kin)
    ORDER BY source_id, target_id
"""


@dataclass(frozen=True)
class Dot:
    """A city that has it in use from that moment on."""

    x: str
    y: int
    city: str


@dataclass(frozen=True)
class Lane:
    """A write-up in the drawing: from when, and whence it came (`from_y` is the lane of its origin).

    Its line begins at `x`, earlier than itself `at` where somebody had it in use before it was told here.
    """

    number: int
    x: str
    at: str
    y: int
    end: str
    from_y: int | None
    dots: list[Dot]


class Use(NamedTuple):
    """A city that has taken it over. `first_use` where that was not with the stage where it stands now."""

    adopter: Adopter
    first_use: str


@dataclass(frozen=True)
class Member:
    """The same in the list."""

    number: int
    title: str
    url: str
    city: str
    begins: str
    origins: list[int]
    is_this: bool
    state: str
    uses: list[Use]


@dataclass(frozen=True)
class Family:
    members: list[Member]
    lanes: list[Lane]
    years: list[tuple[str, str]]
    height: int
    is_cut: bool

    @property
    def has_branches(self) -> bool:
        return any(lane.from_y is not None for lane in self.lanes)

    @property
    def has_dots(self) -> bool:
        return any(lane.dots for lane in self.lanes)


def pairs_of(practice_id: int, reader: Person) -> list[tuple[int, int]]:
    """Which builds on which, as far as this person may know. One query."""
    shown = Relation.objects.shown_to(reader).filter(kind=RelationKind.BUILDS_ON).order_by()
    sql, params = shown.values("source_id", "target_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FAMILY.format(shown=sql), [*params, practice_id])
        return [(source, target) for source, target in cursor.fetchall()]


def family_of(practice: Practice, reader: Person) -> Family:
    """Two queries. The one it all began with comes first, below each what was made of it."""
    pairs = pairs_of(practice.pk, reader)
    keys = {key for pair in pairs for key in pair} | {practice.pk}
    found = {row.pk: row for row in _rows(keys, practice.pk, reader)}
    order = _in_order(found, pairs)
    shown = order[:MOST]
    numbers = {key: at for at, key in enumerate(shown, start=1)}
    origins = {
        key: [numbers[target] for source, target in pairs if source == key and target in numbers]
        for key in shown
    }
    members = [_member(found[key], numbers[key], origins[key], practice.pk, reader) for key in shown]
    begins = {key: begin_of(found[key]) for key in shown}
    uses = {one.number: _uses(one) for one in members}
    axis = Axis.of([*begins.values(), *(moment for row in uses.values() for moment, _city in row)])
    lanes = [
        _lane(member, TOP + LANE * at, axis, begins[shown[at]], uses[member.number])
        for at, member in enumerate(members)
    ]
    height = TOP + LANE * len(shown)
    return Family(members, lanes, axis.years, height, is_cut=len(order) > MOST)


def _rows(keys: set[int], this: int, reader: Person) -> list[Any]:
    """What is not published yet belongs to the family for its own city alone."""
    rows = Practice.objects.visible_to(reader).filter(pk__in=keys).select_related("city")
    of_others = Q(status__in=UNPUBLISHED) & ~Q(pk=this) & ~Q(city__in=city_ids_of(reader))
    rows = rows.exclude(of_others)
    rows = rows.only("title", "starts", "published_at", "created_at", "visibility", "status", "city__name")
    return list(rows.annotate(adoption_rows=Adoption.objects.as_rows(reader, practice=OuterRef("pk"))))


def _in_order(found: dict[int, Any], pairs: list[tuple[int, int]]) -> list[int]:
    """Origins by age, each followed by what builds on it."""
    children: dict[int, list[int]] = {}
    has_origin = set()
    for source, target in pairs:
        if source in found and target in found:
            children.setdefault(target, []).append(source)
            has_origin.add(source)
    order: dict[int, None] = {}
    by_age = sorted(found, key=lambda key: (begin_of(found[key]), key))
    waiting = [key for key in reversed(by_age) if key not in has_origin]
    while waiting:
        key = waiting.pop()
        if key not in order:
            order[key] = None
            waiting += sorted(children.get(key, []), key=by_age.index, reverse=True)
    return list(order)


def begin_of(practice: Any) -> str:
    """When it began, else when it was told of."""
    if practice.starts:
        return str(practice.starts)
    return (practice.published_at or practice.created_at).strftime("%Y-%m")


def _member(row: Any, number: int, origins: list[int], this: int, reader: Person) -> Member:
    return Member(
        number=number,
        title=row.title,
        url=row.get_absolute_url(),
        city=row.city.name if can_see_city(reader, row) else _("eine Stadt im Netzwerk"),
        begins=display(begin_of(row)),
        origins=origins,
        is_this=row.pk == this,
        state=row.get_status_display() if row.status in UNPUBLISHED else "",
        uses=[_use(one) for one in adopters_of(row.adoption_rows or []) if one.trust.is_confirmed],
    )


def _lane(member: Member, y: int, axis: Axis, begin: str, uses: list[tuple[str, str]]) -> Lane:
    at = axis.at(begin)
    return Lane(
        number=member.number,
        x=per_cent(min([at, *(axis.at(moment) for moment, _city in uses)])),
        at=per_cent(at),
        y=y,
        end=per_cent(axis.now),
        from_y=TOP + LANE * (member.origins[0] - 1) if member.origins else None,
        dots=[
            Dot(per_cent(axis.at(moment)), y + BELOW * (abs(axis.at(moment) - at) < CLOSE), city)
            for moment, city in uses
        ],
    )


def _use(adopter: Adopter) -> Use:
    first = _first_use(adopter)
    return Use(adopter, display(first) if first and display(first) != adopter.since else "")


def _first_use(adopter: Adopter) -> str:
    return next((since for stage, since in adopter.steps if stage in RUNNING), "")


def _uses(member: Member) -> list[tuple[str, str]]:
    """Since when which city has had it in use."""
    adopters = [use.adopter for use in member.uses]
    return [(first, one.city) for one in adopters if (first := _first_use(one))]
