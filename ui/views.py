"""The gallery of components, for developers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui.gallery import examples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, with the template code that makes it; for staff."""
    if not request.user.is_staff:
        raise PermissionDenied
    return render(request, "ui/gallery.html", {"examples": examples(request)})
