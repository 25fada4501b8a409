"""What the OZG shows on other pages. Each costs at most one query."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.http import HttpRequest

from cities.models import City
from cities.permissions import city_ids_of
from search.kept import KeptSelect
from topics.models import Service, ServiceProgress, Topic
from topics.ozg.board import standings_of
from topics.ozg.enums import ProgressState
from topics.ozg.forms.filters import Standing
from topics.ozg.permissions import can_enter
from ui.panels import Panel, register

BELOW = KeptSelect()


def register_panels() -> None:
    register(Panel("city.main", 25, "topics/ozg/panels/city.html", of_city, city_numbers))
    register(Panel("topic.main", 20, "topics/ozg/panels/topic.html", of_topic))
    register(Panel("desk.tools", 45, "topics/ozg/panels/tools.html", tools))
    register(Panel("mine", 45, "topics/ozg/panels/mine.html", mine, said_by_city))


def city_numbers(_reader: Any) -> dict[str, Any]:
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
    rows = BELOW.rows((), _progress_below, topic=topic.pk)
    if not rows:
        return None
    standings = Counter(one for _field, live, working in rows for one in standings_of(live, working))
    is_field = any(field_id == topic.pk for field_id, _live, _working in rows)
    return {
        "topic": topic if is_field else None,
        "total": len(rows),
        "figures": [(one.value, one.label, standings[one]) for one in Standing],
    }


def _progress_below(topic: int) -> QuerySet[Service, Any]:
    """Of each service: its Themenfeld, and how many cities are live with it and work on it."""
    inside = Q(progress__city__in=City.objects.in_network().order_by().values("pk"))
    below = Service.objects.current().filter(Q(field=topic) | Q(field__parent=topic))
    counted = below.annotate(
        live_number=Count("progress", filter=inside & Q(progress__state=ProgressState.LIVE)),
        working_number=Count("progress", filter=inside & Q(progress__state=ProgressState.IN_WORK)),
    )
    return counted.order_by().values_list("field_id", "live_number", "working_number")


def tools(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Ways from the coordinators' desk."""
    return {}


def said_by_city(_reader: Any) -> dict[str, Any]:
    """What the panel in a person's own area needs of each membership."""
    said = ServiceProgress.objects.filter(city=OuterRef("city")).order_by().values("city")
    number = said.annotate(number=Count("pk", filter=Q(service__left_on=None))).values("number")
    catalogue = Service.objects.current().order_by().values(one=Value(1)).annotate(number=Count("pk"))
    return {
        "ozg_said": Coalesce(Subquery(number), 0),
        "ozg_said_on": Subquery(said.annotate(last=Max("updated_at")).values("last")),
        "ozg_total": Coalesce(Subquery(catalogue.values("number")), 0),
    }


def mine(request: HttpRequest, memberships: list[Any]) -> dict[str, Any] | None:
    """How much the reader's cities have said, with the way to say more. No query."""
    own = [one for one in memberships if one.city_id in city_ids_of(request.user)]
    if not own or not own[0].ozg_total:
        return None
    return {"rows": [(one.city, one.ozg_said, one.ozg_said_on) for one in own], "total": own[0].ozg_total}
