"""Pages about products: the list, one product, and what one city uses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from cities.models import City, Product, ProductUse
from cities.products import actions
from cities.products.forms import ProductFilterForm, known_texts
from cities.products.grid import Grid
from cities.products.permissions import can_enter, require_enter, require_member
from cities.products.procurement import chances
from search.paging import Page, offset_of

PAGE_SIZE, MOST_ENDING = 50, 20
FIRST_CHANCES, CHANCES_PAGE = 3, 10
REFUSED = 422


@require_safe
def product_list(request: HttpRequest) -> HttpResponse:
    """All products in use, below the first chances to buy together; with `gemeinsam` all of those instead."""
    require_member(request.user)
    if "gemeinsam" in request.GET:
        return _chances_page(request)
    form = ProductFilterForm(request.GET)
    text = form.cleaned_data["q"].replace("\x00", "") if form.is_valid() else ""
    found = Product.objects.in_use().containing(text)
    start = offset_of(request.GET, PAGE_SIZE)
    total = found.count()
    rows = list(found.with_numbers().order_by("sort_name", "pk")[start : start + PAGE_SIZE])
    return render(
        request,
        "cities/products/list.html",
        {
            "form": form,
            "text": text,
            "products": rows,
            "page": Page.at_offset(start, PAGE_SIZE, total),
            **_first_chances(are_shown=not text and not start),
        },
    )


def _first_chances(*, are_shown: bool) -> dict[str, Any]:
    found = chances() if are_shown else []
    return {"chances": found[:FIRST_CHANCES], "more_chances": max(len(found) - FIRST_CHANCES, 0)}


def _chances_page(request: HttpRequest) -> HttpResponse:
    found = chances()
    start = offset_of(request.GET, CHANCES_PAGE)
    shown = found[start : start + CHANCES_PAGE]
    page = Page.at_offset(start, CHANCES_PAGE, len(found))
    return render(request, "cities/products/chances_page.html", {"chances": shown, "page": page})


@require_safe
def product_page(request: HttpRequest, slug: str) -> HttpResponse:
    require_member(request.user)
    read = Product.objects.with_numbers().with_next_ends(MOST_ENDING)
    product: Any = get_object_or_404(read, slug=slug)
    uses = ProductUse.objects.in_network().filter(product=product).select_related("city")
    start = offset_of(request.GET, PAGE_SIZE)
    return render(
        request,
        "cities/products/product.html",
        {
            "product": product,
            "uses": list(uses.order_by("city__sort_name", "pk")[start : start + PAGE_SIZE]),
            "page": Page.at_offset(start, PAGE_SIZE, product.rows),
            "ending": [_ending(row) for row in product.next_ends],
            "chances": chances(product_id=product.pk),
        },
    )


def _ending(row: dict[str, str]) -> ProductUse:
    city = City(name=row["city"], slug=row["slug"])
    return ProductUse(city=city, purpose=row["purpose"], contract_ends=dt.date.fromisoformat(row["ends"]))


@require_safe
def city_products(request: HttpRequest, slug: str) -> HttpResponse:
    require_member(request.user)
    city = get_object_or_404(City.objects.in_network(), slug=slug)
    return render(
        request,
        "cities/products/city.html",
        {
            "city": city,
            "uses": list(ProductUse.objects.of_city(city)),
            "chances": chances(city_id=city.pk),
            "can_enter": can_enter(request.user, city),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_products(request: MemberRequest, slug: str) -> HttpResponseBase:
    """All rows of the city at once."""
    city = get_object_or_404(City.objects.in_network(), slug=slug)
    require_enter(request.user, city)
    if request.method != "POST":
        return _grid_page(request, Grid(city))
    with transaction.atomic():
        # Locks the city's row, so that of two colleagues the second is checked against what the first saved.
        City.objects.select_for_update().get(pk=city.pk)
        grid = Grid(city, request.POST)
        if "mehr" in request.POST:
            grid.hide_errors()
            grid.add_rows()
            return _grid_page(request, grid)
        if grid.is_valid():
            return _saved(request, grid)
    return _grid_page(request, grid, status=REFUSED)


def _saved(request: MemberRequest, grid: Grid) -> HttpResponseBase:
    try:
        with transaction.atomic():
            changed = actions.save_grid(grid=grid, by=request.user)
    except IntegrityError:
        message = _("Zwei Zeilen meinen dasselbe Produkt für denselben Zweck. Bitte fassen Sie sie zusammen.")
        messages.error(request, message)
        return _grid_page(request, grid, status=REFUSED)
    said = ngettext("%(number)d Zeile ist gespeichert.", "%(number)d Zeilen sind gespeichert.", changed)
    messages.success(request, said % {"number": changed} if changed else _("Es war nichts zu ändern."))
    return redirect("cities:products", grid.city.slug)


def _grid_page(request: HttpRequest, grid: Grid, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"city": grid.city, "grid": grid, "known": known_texts()}
    return render(request, "cities/products/grid.html", context, status=status)
