"""The start page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.models import City
from topics.models import Leadership


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    fields = ("name", "slug", "state", "latitude", "longitude", "population")
    cities = list(City.objects.in_network().only(*fields))
    states = {city.state for city in cities}
    return render(
        request,
        "home/home.html",
        {
            "points": [_point(city) for city in cities],
            # Members know the network; their queries go to what is for them.
            "figures": None if request.user.is_authenticated else _figures(cities),
            "state": states.pop() if len(states) == 1 else "",
        },
    )


def _figures(cities: list[City]) -> dict[str, int]:
    return {
        "inhabitants": sum(city.population or 0 for city in cities),
        "led_topics": Leadership.objects.leading().values("topic").distinct().count(),
    }


def _point(city: City) -> dict[str, object]:
    inhabitants = ""
    if city.population is not None:
        inhabitants = _("%(number)s Einw.") % {"number": number_format(city.population, force_grouping=True)}
    return {
        "name": city.name,
        "url": city.get_absolute_url(),
        "latitude": city.latitude,
        "longitude": city.longitude,
        "label": inhabitants,
    }
