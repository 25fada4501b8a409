"""The page of the municipalities that are most like a city."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.comparable.forms import WeightsForm
from cities.comparable.reasons import Reasons, reasons
from cities.comparable.traits import PRESETS
from cities.enums import NetworkStatus
from cities.facts import PLACE_FIELDS, place_of
from cities.models import City
from cities.permissions import can_admit

IN_NETWORK, IN_REGISTER, ON_CITY_PAGE = 10, 10, 3


@dataclass(frozen=True)
class Similar:
    """A municipality as the page lists it; `url` is empty where the reader may not see its page."""

    city: City
    url: str
    reasons: Reasons


@login_not_required
@require_safe
def comparable(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.visible_to(request.user), slug=slug)
    form = WeightsForm(request.GET)
    if form.is_bound:
        form.full_clean()
    members = list(City.objects.in_network().comparable_to(city, form.weights)[:IN_NETWORK])
    register = City.objects.filter(status=NetworkStatus.OUTSIDE).comparable_to(city, form.weights)
    others = list(register[:IN_REGISTER])
    shown = [city, *members]
    return render(
        request,
        "cities/comparable/page.html",
        {
            "city": city,
            "form": form,
            "presets": [(preset, not form.is_own and preset is form.preset) for preset in PRESETS],
            "members": _similar(city, members, is_open=True),
            "others": _similar(city, others, is_open=can_admit(request.user)),
            "points": [
                place_of(*(getattr(each, name) for name in PLACE_FIELDS))
                for each in shown
                if each.latitude is not None
            ],
            "state": city.state if all(each.state == city.state for each in shown) else "",
            "practices_url": f"{reverse('practices:list')}?wie={city.slug}" if city.is_in_network else "",
        },
    )


def panel(_request: HttpRequest, city: City) -> dict[str, Any] | None:
    """The three most similar members on a city's page, with the reason. One query."""
    members = list(City.objects.in_network().comparable_to(city)[:ON_CITY_PAGE])
    return {"city": city, "similar": _similar(city, members, is_open=True)} if members else None


def _similar(city: City, others: Iterable[City], *, is_open: bool) -> list[Similar]:
    return [Similar(each, each.get_absolute_url() if is_open else "", reasons(city, each)) for each in others]
