"""The page of an ordered document: how far it is, then the file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from documents.answers import PRIVATE
from documents.models import Build, State


@require_safe
def build(request: HttpRequest, pk: int) -> HttpResponse:
    """Polled by htmx while it is being made; without scripts the page has a button for that."""
    one = get_object_or_404(Build.objects.of(request.user.pk), pk=pk)
    template = "documents/build_state.html" if request.htmx else "documents/build.html"  # type: ignore[attr-defined]
    response = render(request, template, {"build": one})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def build_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    one = get_object_or_404(Build.objects.of(request.user.pk), pk=pk, state=State.DONE)
    try:
        content = one.file.open()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=one.file_name, content_type=one.media_type)
    response["Cache-Control"] = PRIVATE
    return response
