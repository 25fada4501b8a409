"""Who has taken over what a city made: the records behind the numbers of its page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cities.models import City
from practices.adoption.giving import taken_from
from practices.adoption.listing import listed
from practices.models import Adoption
from search.paging import Page, offset_of

PAGE_SIZE = 50


@login_not_required
@require_safe
def given(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.visible_to(request.user), slug=slug)
    practices, blocks = taken_from(request.user, city)
    rows = Adoption.objects.filter(Q(pk__in=practices.values("pk")) | Q(pk__in=blocks.values("pk")))
    numbers = rows.order_by().aggregate(
        all=Count("pk"),
        cities=Count("city", distinct=True),
        practices=Count("practice", distinct=True),
        blocks=Count("block", distinct=True),
    )
    start = offset_of(request.GET, PAGE_SIZE)
    by_thing = rows.order_by("practice__title", "block__title", "city__sort_name", "pk")
    shown = by_thing.for_page().prefetch_related("adoption_figures")[start : start + PAGE_SIZE]
    context = {
        "city": city,
        "rows": listed(shown, request.user),
        "page": Page.at_offset(start, PAGE_SIZE, numbers["all"]),
        "total": numbers["all"],
        "cities": numbers["cities"],
        "things": numbers["practices"] + numbers["blocks"],
    }
    return render(request, "practices/adoption/given.html", context)
