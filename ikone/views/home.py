"""The start page."""

from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.facts import PLACE_FIELDS, place_of
from cities.models import City
from ikone.models import WELCOME, OperatorPage
from ikone.views.pages import heading_of
from search.kept import KeptSelect
from topics.models import Leadership

CITIES, PAGES = KeptSelect(), KeptSelect()
MOST_CITIES = 100  # on the map and in the list beside it, the largest ones


class NetworkCity(NamedTuple):
    """A city as the start page needs it; the last three speak of the whole network."""

    name: str
    slug: str
    latitude: Decimal | None
    longitude: Decimal | None
    population: int | None
    ags: str
    sort_name: str
    state: str
    total: int
    inhabitants: int | None
    led_topics: int


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cities = _cities()
    states = {city.state for city in cities}
    total = cities[0].total if cities else 0
    places = sorted(cities, key=attrgetter("sort_name", "ags"))
    welcome = next(iter(PAGES.rows((), lambda: OperatorPage.objects.filter(slug=WELCOME))), None)
    return render(
        request,
        "home/home.html",
        {
            "points": tuple(
                place_of(city.name, city.slug, city.latitude, city.longitude, city.population)
                for city in places
            ),
            "welcome": welcome,
            "welcome_heading": heading_of(welcome) if welcome else "",
            "total": total,
            "not_shown": total - len(cities),
            # Members know the network.
            "figures": None if request.user.is_authenticated else _figures(cities),
            "state": states.pop() if len(states) == 1 else "",
        },
    )


def _cities() -> list[NetworkCity]:
    """The largest cities in the network, with what is told of the whole of it. One query."""
    return list(map(NetworkCity._make, CITIES.rows((), _largest)))


def _largest() -> QuerySet[City, tuple[Any, ...]]:
    led = Leadership.objects.leading().in_network().order_by().annotate(all=Value(1)).values("all")
    number = Subquery(led.annotate(number=Count("topic", distinct=True)).values("number"))
    counted = City.objects.in_network().values_list(
        *PLACE_FIELDS,
        "ags",
        "sort_name",
        "state",
        Window(Count("*")),
        Window(Sum("population")),
        Coalesce(number, 0),
    )
    return counted.order_by(F("population").desc(nulls_last=True), "ags")[:MOST_CITIES]


def _figures(cities: list[NetworkCity]) -> dict[str, int]:
    first = cities[0] if cities else None
    return {
        "inhabitants": (first.inhabitants or 0) if first else 0,
        "led_topics": first.led_topics if first else 0,
    }
