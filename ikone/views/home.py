"""The start page."""

from operator import attrgetter
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, F, Sum, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.facts import place_of
from cities.models import City
from topics.models import Leadership

MOST_CITIES = 100  # on the map and in the list beside it, the largest ones


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cities = _cities()
    states = {city.state for city in cities}
    total = cities[0].total if cities else 0
    return render(
        request,
        "home/home.html",
        {
            "points": tuple(place_of(city) for city in sorted(cities, key=attrgetter("sort_name", "ags"))),
            "total": total,
            "not_shown": total - len(cities),
            # Members know the network; their queries go to what is for them.
            "figures": None if request.user.is_authenticated else _figures(cities),
            "state": states.pop() if len(states) == 1 else "",
        },
    )


def _cities() -> list[Any]:
    """The largest cities in the network; each knows how many there are and how many people live in all."""
    fields = ("ags", "name", "sort_name", "slug", "state", "latitude", "longitude", "population")
    network = City.objects.in_network().only(*fields)
    counted = network.annotate(total=Window(Count("*")), inhabitants=Window(Sum("population")))
    return list(counted.order_by(F("population").desc(nulls_last=True), "ags")[:MOST_CITIES])


def _figures(cities: list[Any]) -> dict[str, int]:
    return {
        "inhabitants": (cities[0].inhabitants or 0) if cities else 0,
        "led_topics": Leadership.objects.leading().values("topic").distinct().count(),
    }
