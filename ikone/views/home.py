"""The start page."""

from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Sum, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.facts import PLACE_FIELDS, place_of
from cities.models import City
from ikone.models import OperatorPage
from ikone.views.pages import WELCOME
from topics.models import Leadership

MOST_CITIES = 100  # on the map and in the list beside it, the largest ones


class NetworkCity(NamedTuple):
    """A city as the start page needs it; the last two speak of the whole network."""

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


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cities = _cities()
    states = {city.state for city in cities}
    total = cities[0].total if cities else 0
    places = sorted(cities, key=attrgetter("sort_name", "ags"))
    return render(
        request,
        "home/home.html",
        {
            "points": tuple(
                place_of(city.name, city.slug, city.latitude, city.longitude, city.population)
                for city in places
            ),
            "welcome": OperatorPage.objects.filter(slug=WELCOME).first(),
            "total": total,
            "not_shown": total - len(cities),
            # Members know the network; their queries go to what is for them.
            "figures": None if request.user.is_authenticated else _figures(cities),
            "state": states.pop() if len(states) == 1 else "",
        },
    )


def _cities() -> list[NetworkCity]:
    """The largest cities in the network; each knows how many there are and how many people live in all."""
    counted = City.objects.in_network().values_list(
        *PLACE_FIELDS, "ags", "sort_name", "state", Window(Count("*")), Window(Sum("population"))
    )
    largest = counted.order_by(F("population").desc(nulls_last=True), "ags")[:MOST_CITIES]
    return list(map(NetworkCity._make, largest))


def _figures(cities: list[NetworkCity]) -> dict[str, int]:
    return {
        "inhabitants": (cities[0].inhabitants or 0) if cities else 0,
        "led_topics": Leadership.objects.leading().values("topic").distinct().count(),
    }
