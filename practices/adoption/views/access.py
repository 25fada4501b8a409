"""Fetching an adoption with permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.adoption.permissions import can_edit
from practices.models import Adoption

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from accounts.models import User


CHANGED = gettext_lazy("Inzwischen wurde etwas geändert. Bitte sehen Sie es noch einmal an.")


def seen_version(request: HttpRequest) -> int:
    """Of the state that was shown beside the button; 0, which no row has, where it does not say."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def adoption_for(user: User | AnonymousUser, pk: int) -> Adoption:
    """With what its page shows; 404 where this person must not know of it."""
    return get_object_or_404(Adoption.objects.visible_to(user).for_page(), pk=pk)


def editable_adoption(user: User | AnonymousUser, pk: int) -> Adoption:
    """403 for those who may read it and do not act for its city."""
    adoption = adoption_for(user, pk)
    if not can_edit(user, adoption):
        raise PermissionDenied(_("Das trägt nur die Stadt ein, die es übernimmt."))
    return adoption
