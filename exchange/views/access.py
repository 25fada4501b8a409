"""Fetching requests and answers with permission."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from exchange.models import Answer, Request
from exchange.permissions import can_change_answer, can_edit

OF_PAGE = ("city", "topic", "asked_by", "contact_user")


def readable(request: HttpRequest, pk: int) -> Request:
    """404 for what this person may not know of."""
    requests = Request.objects.visible_to(request.user).with_cities_of(request.user)
    return get_object_or_404(requests.select_related(*OF_PAGE), pk=pk)


def editable(request: HttpRequest, pk: int) -> Request:
    """403 for what this person may read and not change."""
    found = readable(request, pk)
    if not can_edit(request.user, found):
        raise PermissionDenied(
            _("Das Gesuch bearbeiten, wer es gestellt hat, die Verwaltung der Stadt und die Koordination.")
        )
    return found


def changeable_answer(request: HttpRequest, pk: int) -> Answer:
    requests = Request.objects.visible_to(request.user)
    rows = Answer.objects.filter(request__in=requests).select_related(
        "city", "request__city", "request__topic"
    )
    found = get_object_or_404(rows, pk=pk)
    if not can_change_answer(request.user, found):
        raise PermissionDenied(_("Diese Antwort ändern nur ihre Stadt und die Koordination."))
    return found
