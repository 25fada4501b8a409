"""The start page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.models import City


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cities = City.objects.in_network().only(
        "name", "slug", "state", "latitude", "longitude", "population", "status"
    )
    return render(request, "home/home.html", {"cities": list(cities)})
