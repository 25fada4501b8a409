"""What the topic map shows on pages of other apps. Each costs at most two queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from cities.models import City
from cities.permissions import can_manage, city_ids_of
from cities.readers import KeptForReaders
from search.kept import KeptSelect
from topics.counts import practice_counts
from topics.enums import Engagement
from topics.models import Leadership, Topic
from topics.permissions import can_edit_leadership, can_look_after
from ui.panels import Panel, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

MOST_ROOTS = 12
ROOTS, OF_CITY = KeptSelect(), KeptSelect()
MINE = KeptForReaders()


@dataclass(frozen=True)
class MyTopic:
    """What the reader's city does under a topic; `due` is the day of a check that has come.

    The addresses are those of whoever may confirm or change it then.
    """

    name: str
    url: str
    role: str
    city: str
    promise: str
    due: str
    confirm_url: str
    change_url: str


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

    found: list[Leadership] = MINE.rows(request.user, (), _for_cities_of)
    if not found:
        return None
    shows_city = len({one.city_id for one in found}) > 1
    return {
        "rows": [
            _my_topic(one, can_edit=can_edit_leadership(request.user, one), shows_city=shows_city)
            for one in sorted(found, key=lambda one: not one.is_overdue)
        ],
        "can_look_after": can_look_after(request.user),
    }


def _for_cities_of(reader: User) -> QuerySet[Leadership]:
    rows = Leadership.objects.filter(city__in=city_ids_of(reader)).select_related("topic", "city")
    return rows.only(
        "engagement", "promise", "next_check", "topic__name", "topic__slug", "city__name"
    ).by_role()


def _my_topic(one: Leadership, *, can_edit: bool, shows_city: bool) -> MyTopic:
    waits, address = one.is_overdue, [one.topic.slug, one.pk]
    return MyTopic(
        name=one.topic.name,
        url=one.topic.get_absolute_url(),
        role=str(Engagement(one.engagement).label),
        city=one.city.name if shows_city else "",
        promise=one.promise,
        due=f"{one.next_check:%d.%m.%Y}" if waits else "",
        confirm_url=reverse("topics:confirm", args=address) if waits and can_edit else "",
        change_url=reverse("topics:leadership", args=address) if waits and can_edit else "",
    )


def tools(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The ways to the map's working pages. No query."""
    return {}
