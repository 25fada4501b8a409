"""Finding requests and reading one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from exchange.answering import AnswerForm
from exchange.listing import FilterForm, RequestList
from exchange.models import Request
from exchange.permissions import can_answer, can_ask
from exchange.reading import RequestPage
from exchange.views.access import readable
from search.paging import Cursor
from topics.tree import TopicTree

REFUSED = 422


@login_not_required
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    tree = TopicTree.load()
    form = FilterForm(request.GET, tree=tree)
    form.is_valid()
    listing = RequestList(request.user, form, tree, Cursor.from_query(request.GET))
    requests, page = listing.page()
    facets = listing.facets()
    context = {
        "requests": requests,
        "page": page,
        "facets": facets,
        "number_chosen": sum(len(facet.chosen) for facet in facets),
        "can_ask": can_ask(request.user),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    response = render(request, "exchange/list_region.html" if is_part else "exchange/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    found = readable(request, pk)
    if slug != found.slug:
        response = redirect(found, permanent=True)
        # A title can change back; a browser that kept the old answer would go round in circles.
        response["Cache-Control"] = "no-cache"
        return response
    return request_page(request, found)


def request_page(request: HttpRequest, shown: Request, form: AnswerForm | None = None) -> HttpResponse:
    """The page with the form of an answer, which is empty unless one was refused."""
    if form is None and can_answer(request.user) and not shown.is_settled:
        form = AnswerForm(reader=request.user, request=shown)  # type: ignore[arg-type]  # a member
    context = {"asked": shown, "page": RequestPage.of(shown, request.user, form), "form": form}
    status = REFUSED if form is not None and form.errors else 200
    return render(request, "exchange/detail.html", context, status=status)
