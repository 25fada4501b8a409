"""What the OZG shows on other pages. Each costs at most one query."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest

from cities.models import City
from cities.permissions import city_ids_of
from topics.models import Service, ServiceProgress, Topic
from topics.ozg.board import standing_of
from topics.ozg.enums import ProgressState
from topics.ozg.forms.filters import Standing
from topics.ozg.permissions import can_enter
from ui.panels import Panel, register


def register_panels() -> None:
    register(Panel("city.main", 25, "topics/ozg/panels/city.html", of_city, city_numbers))
    register(Panel("topic.main", 20, "topics/ozg/panels/topic.html", of_topic))
    register(Panel("desk.tools", 45, "topics/ozg/panels/tools.html", tools))
    register(Panel("mine", 45, "topics/ozg/panels/mine.html", mine))


def city_numbers(_request: HttpRequest) -> dict[str, Any]:
    """What the panel on a city's page needs of it."""
    counted = {state: Count("pk", filter=Q(state=state)) for state in ProgressState.values}
    rows = ServiceProgress.objects.filter(city=OuterRef("pk")).order_by().values("city")
    return {
        "ozg_numbers": Subquery(rows.annotate(json=JSONObject(**counted)).values("json")),
        "has_ozg_catalogue": Exists(Service.objects.current()),
    }


def of_city(request: HttpRequest, city: Any) -> dict[str, Any] | None:
    """How far it is in numbers; to its own people also that it could begin."""
    numbers = city.ozg_numbers or {}
    total = sum(numbers.values())
    enters = can_enter(request.user, city)
    if not total and not (enters and city.has_ozg_catalogue):
        return None
    return {
        "city": city,
        "total": total,
        "figures": [
            (label, numbers[state]) for state, label in reversed(ProgressState.choices) if numbers.get(state)
        ],
        "can_enter": enters,
    }


def of_topic(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """How the network stands with the services of a Themenfeld, or of all below a topic."""
    below = Q(field=topic) | Q(field__parent=topic)
    inside = Q(progress__city__in=City.objects.in_network().order_by().values("pk"))
    counted = (
        Service.objects.current()
        .filter(below)
        .annotate(
            live_number=Count("progress", filter=inside & Q(progress__state=ProgressState.LIVE)),
            working_number=Count("progress", filter=inside & Q(progress__state=ProgressState.IN_WORK)),
        )
    )
    rows = list(counted.order_by().values_list("field_id", "live_number", "working_number"))
    if not rows:
        return None
    standings = Counter(standing_of(live, working) for _field, live, working in rows)
    is_field = any(field_id == topic.pk for field_id, _live, _working in rows)
    return {
        "topic": topic if is_field else None,
        "total": len(rows),
        "figures": [(one.value, one.label, standings[one]) for one in Standing],
    }


def tools(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Ways from the coordinators' desk."""
    return {}


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """How much the reader's cities have said, with the way to say more."""
    own = city_ids_of(request.user)
    if not own:
        return None
    all_services = Service.objects.current().order_by().values(one=Value(1)).annotate(number=Count("pk"))
    found: Any = City.objects.filter(pk__in=own).annotate(
        total=Subquery(all_services.values("number")),
        said=Count("service_progress", filter=Q(service_progress__service__left_on=None)),
        said_on=Max("service_progress__updated_at"),
    )
    cities = list(found.order_by("sort_name"))
    if not cities or not cities[0].total:
        return None
    return {"rows": [(city, city.said, city.said_on) for city in cities], "total": cities[0].total}
