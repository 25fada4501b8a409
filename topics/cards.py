"""The topic map as it is shown: each topic with its number of write-ups and the cities that lead it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.kept import KeptSelect
from topics.freshness import Life
from topics.models import Leadership
from topics.tree import TopicNode

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cities.models import City

LEADING = KeptSelect()
OF_CITY = ("city__name", "city__slug", "city__status")


@dataclass(frozen=True, eq=False)
class TopicCard:
    """A topic of the map; `is_gap` when no city leads it, a topic above it or one below it.

    Two cards are equal when they look equal, so that pages can keep what they drew.
    """

    node: TopicNode
    count: int
    leaders: list[City]
    is_gap: bool
    children: list[TopicCard]
    adopted: int = 0
    latest: dt.date | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TopicCard) and self._shown == other._shown

    def __hash__(self) -> int:
        return hash(self._shown)

    @cached_property
    def _shown(self) -> tuple[object, ...]:
        leaders = tuple((city.name, city.slug, city.is_in_network) for city in self.leaders)
        below = tuple(child._shown for child in self.children)
        return (
            self.node.slug,
            self.node.name,
            self.node.summary,
            self.count,
            leaders,
            self.is_gap,
            below,
            self.adopted,
            self.latest,
        )

    @property
    def count_text(self) -> str:
        """„12 Beiträge“."""
        text = ngettext("%(n)s Beitrag", "%(n)s Beiträge", self.count)
        return text % {"n": number_format(self.count, force_grouping=True)}

    @property
    def adopted_text(self) -> str:
        """„3 davon übernommen“; empty where there are none."""
        number = number_format(self.adopted, force_grouping=True)
        return _("%(n)s davon übernommen") % {"n": number} if self.adopted else ""

    @property
    def branch(self) -> list[TopicCard]:
        return [self, *(card for child in self.children for card in child.branch)]


def cards_of(
    nodes: Iterable[TopicNode],
    counts: Mapping[int, int],
    leaders: Mapping[int, list[City]],
    *,
    is_covered: bool = False,
    with_retired: bool = False,
    life: Life | None = None,
) -> list[TopicCard]:
    """Cards of topics and of all below them; `is_covered` when a city leads a topic above them.

    Retired topics have a card only `with_retired`, and are never a gap.
    """
    cards = []
    for node in nodes:
        if node.is_retired and not with_retired:
            continue
        leading = leaders.get(node.id, [])
        covered = is_covered or bool(leading)
        children = cards_of(
            node.children, counts, leaders, is_covered=covered, with_retired=with_retired, life=life
        )
        is_gap = not covered and not node.is_retired and all(child.is_gap for child in children)
        card = TopicCard(
            node,
            counts.get(node.id, 0),
            leading,
            is_gap,
            children,
            adopted=life.adopted.get(node.id, 0) if life else 0,
            latest=life.latest.get(node.id) if life else None,
        )
        cards.append(card)
    return cards


def leading_cities(topic_ids: Collection[int] | None = None) -> dict[int, list[City]]:
    """The cities of the network that lead, by topic id; of all topics unless told which. One query.

    They come with name, address and status.
    """

    def build(**ids: int) -> QuerySet[Leadership]:
        rows = Leadership.objects.leading().in_network().select_related("city").by_role()
        wanted = rows if topic_ids is None else rows.filter(topic__in=list(ids.values()))
        return wanted.only("topic_id", *OF_CITY)

    keys = {f"topic_{number}": key for number, key in enumerate(topic_ids or ())}
    leaders: dict[int, list[City]] = defaultdict(list)
    for leadership in LEADING.rows(topic_ids is None, build, **keys):
        leaders[leadership.topic_id].append(leadership.city)
    return leaders
