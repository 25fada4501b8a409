"""The page of the municipalities that are most like a city."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.comparable.forms import WeightsForm
from cities.comparable.nearest import nearest_in_network, nearest_outside
from cities.comparable.panels import similar
from cities.comparable.reasons import unknown_of
from cities.comparable.traits import PRESETS
from cities.facts import PLACE_FIELDS, place_of
from cities.models import City
from cities.permissions import can_admit

MOST_MEMBERS, MOST_OTHERS = 10, 10


@login_not_required
@require_safe
def comparable(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.visible_to(request.user), slug=slug)
    form = WeightsForm(request.GET)
    if form.is_bound:
        form.full_clean()
    members = nearest_in_network(city, MOST_MEMBERS, form.weights)
    others = nearest_outside(city, MOST_OTHERS, form.weights)
    shown = [city, *members]
    in_network = similar(city, members)
    return render(
        request,
        "cities/comparable/page.html",
        {
            "city": city,
            "form": form,
            "unknown": unknown_of(city),
            "presets": [(preset, not form.is_own and preset is form.preset) for preset in PRESETS],
            "members": [each for each in in_network if each.is_alike],
            "less_alike": [each for each in in_network if not each.is_alike],
            "others": similar(city, others, opens_register=can_admit(request.user)),
            "points": [
                place_of(*(getattr(each, name) for name in PLACE_FIELDS))
                for each in shown
                if each.latitude is not None
            ],
            "state": city.state if all(each.state == city.state for each in shown) else "",
            "practices_url": f"{reverse('practices:list')}?wie={city.slug}" if city.is_in_network else "",
        },
    )
