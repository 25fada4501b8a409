"""The page of one write-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cities.readers import KeptForReaders
from practices.models import Practice
from practices.permissions import require_edit
from practices.profile import Profile
from practices.reading import whole_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

OF_PAGE = KeptForReaders()


def practice_for(user: User | AnonymousUser, pk: int) -> Practice:
    """The write-up with what its pages show; 404 where this person must not know of it."""
    found: list[Practice] = OF_PAGE.rows(user, (), lambda reader, pk: whole_for(reader).filter(pk=pk), pk=pk)
    if not found:
        raise Http404
    return found[0]


def editable_practice(user: User | AnonymousUser, pk: int) -> Practice:
    practice = practice_for(user, pk)
    require_edit(user, practice)
    return practice


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponseBase:
    practice = practice_for(request.user, pk)
    if slug != practice.slug:
        response = redirect(practice, permanent=True)
        # A title can change back; a browser that kept the old answer would go round in circles.
        response["Cache-Control"] = "no-cache"
        return response
    profile = Profile.of(practice, request.user)
    address = request.build_absolute_uri(practice.get_absolute_url())
    return render(
        request, "practices/detail.html", {"practice": practice, "profile": profile, "address": address}
    )
