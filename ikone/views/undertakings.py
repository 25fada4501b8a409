"""How far a big job is: one page for whoever started it and for the coordination, which alone tries again."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from cities.permissions import is_coordinator
from notifications.models import Undertaking
from notifications.undertakings import try_again


@require_http_methods(["GET", "HEAD", "POST"])
def undertaking(request: HttpRequest, pk: int) -> HttpResponse:
    """The state; a post begins one anew that has failed."""
    row = get_object_or_404(Undertaking, pk=pk)
    may_try_again = is_coordinator(request.user)
    may_see = may_try_again or row.asked_by == request.user.pk
    if not (may_try_again if request.method == "POST" else may_see):
        raise PermissionDenied
    if request.method == "POST":
        try_again(undertaking=row)
        return redirect("undertaking", row.pk)
    template = "home/undertaking_state.html" if request.htmx else "home/undertaking.html"  # type: ignore[attr-defined]
    response = render(request, template, {"undertaking": row, "may_try_again": may_try_again})
    patch_vary_headers(response, ["HX-Request"])
    return response
