"""The family of a write-up as a picture with a list beside it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from practices.adoption.kin import family_of
from practices.models import Practice


@login_not_required
@require_safe
def family(request: HttpRequest, pk: int) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    context = {"practice": practice, "family": family_of(practice, request.user)}
    return render(request, "practices/adoption/family.html", context)
