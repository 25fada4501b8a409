"""Finding building blocks, reading about one and getting it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cities.contacts import callees_of_city
from practices.blocks.listing import BlockList, FilterForm
from practices.blocks.reading import BlockPage
from practices.files import serving
from practices.models import Adoption, BlockPart, BuildingBlock
from practices.permissions import can_write_any
from search.paging import Cursor
from topics.tree import TopicTree


@login_not_required
@require_safe
def block_list(request: HttpRequest) -> HttpResponse:
    tree = TopicTree.load()
    form = FilterForm(request.GET, tree=tree)
    form.is_valid()
    listing = BlockList(request.user, form, tree, Cursor.from_query(request.GET))
    blocks, page = listing.page()
    facets = listing.facets()
    context = {
        "blocks": blocks,
        "page": page,
        "facets": facets,
        "text": form.text(),
        "number_chosen": sum(len(facet.chosen) for facet in facets),
        "can_write": can_write_any(request.user),
    }
    is_part = request.htmx  # type: ignore[attr-defined]
    template = "practices/blocks/list_region.html" if is_part else "practices/blocks/list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    blocks = BuildingBlock.objects.visible_to(request.user).select_related("city", "topic")
    blocks = blocks.annotate(
        adoption_rows=Adoption.objects.as_rows(request.user, block=OuterRef("pk")),
        confirmed_anew=Adoption.objects.confirmed_anew(request.user, block=OuterRef("pk")),
        own_adoptions=Adoption.objects.own_row(request.user, block=OuterRef("pk")),
    )
    block = get_object_or_404(blocks, pk=pk)
    if slug != block.slug:
        response = redirect(block, permanent=True)
        # A title can change back; a browser that kept the old answer would go round in circles.
        response["Cache-Control"] = "no-cache"
        return response
    page = BlockPage.of(block, request.user)
    context = {"building_block": block, "page": page, "callees": callees_of_city(block.city)}
    return render(request, "practices/blocks/detail.html", context)


@login_not_required
@require_safe
@serving.sandboxed
def part(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """A file of some version, for those who may see the block."""
    block = get_object_or_404(BuildingBlock.objects.visible_to(request.user), pk=pk)
    parts = BlockPart.objects.filter(version__block=block).select_related("stored")
    found = get_object_or_404(parts, pk=part)
    if found.stored is None:
        raise Http404
    return serving.download(request, found.stored, found.original_name)
