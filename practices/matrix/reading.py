"""Reads the matrix from what the reader may see.

Write-ups come from the search entries, which name no city where it is anonymous; so no cell betrays one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models.functions import Coalesce

from cities.enums import IN_NETWORK, NetworkStatus
from cities.models import City
from cities.permissions import audience_of
from practices.enums import Kind
from practices.facets import KIND_CODES, PLACES
from practices.matrix.marks import OF_ENGAGEMENT, Cell, Mark
from practices.models import Adoption
from practices.search_entry import SOURCE
from topics.models import Leadership
from topics.tree import TopicNode, TopicTree

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.matrix.forms import MatrixForm

CITIES_SHOWN, TOPICS_SHOWN = 200, 100
ABSENT_NAMED = 6
PUBLISHED, ADOPTED, PLANS = (int(mark) for mark in (Mark.PUBLISHED, Mark.ADOPTED, Mark.PLANS))
NOT_NOW = (NetworkStatus.PAUSED, NetworkStatus.FORMER)
CityRow = tuple[int, str, str]  # id, name, slug
KIND = PLACES["kind"]
WRITE_UPS = f"""
    SELECT city_id, topic, is_plan, count(*) FROM (
        SELECT city_id, unnest(topics) AS topic, (facets >> {KIND.shift} & {KIND.mask}) = %s AS is_plan
        FROM search_entry WHERE source = %s AND audience <= %s AND city_id = ANY(%s)
    ) AS named
    WHERE topic = ANY(%s) GROUP BY city_id, topic, is_plan
"""  # noqa: S608  numbers of our own


@dataclass(frozen=True)
class Matrix:
    """The part that is shown. `left_out` says how many topics did not fit.

    `absent` are cities that fit the filters but do not take part now.
    """

    cities: Sequence[CityRow]
    topics: Sequence[TopicNode]
    cells: dict[tuple[int, int], Cell]
    number_of_cities: int
    left_out: int
    absent: Sequence[CityRow] = ()

    @property
    def absent_names(self) -> str:
        """Their names if they are few, else empty."""
        return ", ".join(city[1] for city in self.absent) if len(self.absent) <= ABSENT_NAMED else ""

    def filled(self) -> Iterator[tuple[CityRow, TopicNode, Cell]]:
        """The cells in which there is something, city by city."""
        for city in self.cities:
            for topic in self.topics:
                cell = self.cells.get((city[0], topic.id))
                if cell is not None:
                    yield city, topic, cell


def columns_of(tree: TopicTree, form: MatrixForm) -> tuple[list[TopicNode], int]:
    """The topics that fit beside one another: all, else those of the upper levels; and how many did not."""
    branches = form.branches
    nodes = [node for branch in branches for node in branch.branch] if branches else tree
    all_topics = [node for node in nodes if not node.is_retired]
    for depth in (3, 2, 1):
        shown = [node for node in all_topics if node.depth <= depth]
        if len(shown) <= TOPICS_SHOWN:
            return shown, len(all_topics) - len(shown)
    return shown[:TOPICS_SHOWN], len(all_topics) - TOPICS_SHOWN


def read(form: MatrixForm, tree: TopicTree, reader: User | AnonymousUser, start: int) -> Matrix:
    """Four queries, however many cities and topics there are; `start` is the first city of the page."""
    topics, left_out = columns_of(tree, form)
    cities = City.objects.filter(status__in=[*IN_NETWORK, *NOT_NOW])
    if states := form.chosen("land"):
        cities = cities.filter(state__in=states)
    if sizes := form.chosen("groesse"):
        cities = cities.of_sizes(sizes)
    found: list[CityRow] = []
    absent: list[CityRow] = []
    rows = cities.order_by("sort_name", "ags").values_list("pk", "name", "slug", "status")
    for key, name, slug, status in rows:
        (found if status in IN_NETWORK else absent).append((key, name, slug))
    part = found[start : start + CITIES_SHOWN]
    cells: defaultdict[tuple[int, int], Cell] = defaultdict(Cell)
    city_ids, topic_ids = [city[0] for city in part], [topic.id for topic in topics]
    shown = set(topic_ids)
    engaged: Any = Leadership.objects.filter(city__in=city_ids, topic__in=topic_ids)
    for city_id, topic_id, engagement in engaged.values_list("city_id", "topic_id", "engagement"):
        cells[city_id, topic_id].marks |= OF_ENGAGEMENT[engagement]
    for place, adoptions in _adopted(city_ids, tree, reader).items():
        if place[1] in shown:
            cells[place].marks |= ADOPTED
            cells[place].adopted = len(adoptions)
    with connection.cursor() as cursor:
        plan = KIND_CODES[Kind.PLAN]
        cursor.execute(WRITE_UPS, [plan, SOURCE, int(audience_of(reader)), city_ids, topic_ids])
        for city_id, topic_id, is_plan, number in cursor.fetchall():
            cell = cells[city_id, topic_id]
            if is_plan:
                cell.marks |= PLANS
                cell.planned = number
            else:
                cell.marks |= PUBLISHED
                cell.published = number
    return Matrix(part, topics, dict(cells), len(found), left_out, absent)


def _adopted(
    city_ids: Collection[int], tree: TopicTree, reader: User | AnonymousUser
) -> dict[tuple[int, int], set[int]]:
    """What counts as taken over, as far as this person may know: adoptions by city and topic, those above it
    included. A write-up may stand under several topics of one branch; what stands under none is left out.
    """
    topic = Coalesce("practice__topic_links__topic", "block__topic")
    counted = Adoption.objects.counted().of_readable_things(reader).filter(city__in=city_ids)
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for pk, city_id, topic_id in counted.order_by().values_list("pk", "city_id", topic):
        node = tree.get(topic_id)
        for above in node.path if node else ():
            found[city_id, above.id].add(pk)
    return found
