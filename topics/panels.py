"""What the topic map shows on pages of other apps. Each costs at most two queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from cities.models import City
from cities.permissions import can_manage, city_ids_of
from cities.readers import KeptForReaders
from search.kept import KeptSelect
from topics.counts import practice_counts
from topics.models import Leadership, Topic
from topics.permissions import can_edit_leadership, can_look_after
from ui.panels import Panel, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ROOTS = 12
ROOTS, OF_CITY = KeptSelect(), KeptSelect()
MINE = KeptForReaders()


def register_panels() -> None:
    register(Panel("home.main", 30, "topics/panels/home.html", home_grid))
    register(Panel("city.main", 5, "topics/panels/city.html", city_topics))
    register(Panel("city.standing.before", 10, "topics/panels/standing.html", led_by_city))
    register(Panel("mine", 40, "topics/panels/mine.html", my_topics))
    register(Panel("desk.tools", 40, "topics/panels/tools.html", tools))


def home_grid(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The roots of the map; those with most write-ups where there are many."""
    roots: list[Any] = ROOTS.rows(
        (), lambda: Topic.objects.roots().live().with_leading_cities().order_by("position", "sort_name")
    )
    if not roots:
        return None
    counts = practice_counts(request.user)
    shown = sorted(roots, key=lambda topic: -counts.get(topic.pk, 0))[:MOST_ROOTS]
    tiles = [(topic, counts.get(topic.pk, 0)) for topic in roots if topic in shown]
    return {"tiles": tiles}


def city_topics(request: HttpRequest, city: City) -> dict[str, Any] | None:
    """What a city works on for all; to its own people also that it could begin."""
    leaderships = OF_CITY.rows((), lambda city: Leadership.objects.of_city(city).by_role(), city=city.pk)
    manages = can_manage(request.user, city)
    if not leaderships and not manages:
        return None
    return {"city": city, "leaderships": leaderships, "can_edit": manages}


def led_by_city(_request: HttpRequest, city: City) -> dict[str, Any] | None:
    """What a city leads, for those who are about to change its status or just have."""
    rows = list(Leadership.objects.leading().on_the_map().of_city(city).by_role())
    return {"city": city, "rows": rows} if rows else None


def my_topics(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The topics of the reader's cities, those first that wait for a look."""

    def build(reader: Any) -> QuerySet[Leadership]:
        rows = Leadership.objects.filter(city__in=city_ids_of(reader))
        return rows.select_related("topic", "city").by_role()

    found: list[Leadership] = MINE.rows(request.user, (), build)
    leaderships = sorted(found, key=lambda one: not one.is_overdue)
    if not leaderships:
        return None
    return {
        "rows": [(one, one.is_overdue and can_edit_leadership(request.user, one)) for one in leaderships],
        "shows_city": len({one.city_id for one in leaderships}) > 1,
        "can_look_after": can_look_after(request.user),
    }


def tools(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The ways to the map's working pages. No query."""
    return {}
