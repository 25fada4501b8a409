"""Former versions of the operator's pages: who wrote them, what they changed, and going back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pghistory
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from ikone.models import OperatorPage
from ikone.views.pages import name_of
from practices.history.comparison import Comparison, Difference
from practices.history.differences import compare
from practices.history.prose import blocks_of, plain

MOST = 100


@dataclass(frozen=True)
class Version:
    """One state of a page; `number` counts from 1 for the first."""

    number: int
    title: str
    body: str
    at: dt.datetime
    by: str
    is_newest: bool


def versions_of(page: OperatorPage) -> list[Version]:
    """The last versions, the newest first. Two queries."""
    model: Any = apps.get_model("ikone", "OperatorPageEvent")
    events = list(
        model.objects.filter(pgh_obj_id=page.pk)
        .exclude(pgh_label="delete")
        .select_related("pgh_context")
        .order_by("-version", "-pgh_id")[:MOST]
    )
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context} - {None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids).only("name", "email")}
    return [
        Version(
            number=event.version,
            title=event.title,
            body=event.body,
            at=event.pgh_created_at,
            by=names.get(event.pgh_context.metadata.get("user"), "") if event.pgh_context else "",
            is_newest=place == 0,
        )
        for place, event in enumerate(events)
    ]


def _page(request: HttpRequest, slug: str) -> OperatorPage:
    if not is_coordinator(request.user):
        raise PermissionDenied
    return get_object_or_404(OperatorPage, slug=slug)


@require_safe
def page_versions(request: HttpRequest, slug: str) -> HttpResponse:
    page = _page(request, slug)
    return render(
        request, "pages/versions.html", {"page": page, "name": name_of(page), "versions": versions_of(page)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page_version(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """What a version said and what has changed since; its button makes it the newest once more."""
    page = _page(request, slug)
    versions = versions_of(page)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404
    if request.method == "POST":
        restore(page=page, version=version, by=request.user)
        messages.success(
            request,
            _("Fassung %(number)d gilt wieder. Die bisherige steht weiter im Verlauf.") % {"number": number},
        )
        return redirect("page_versions", slug)
    context = {
        "page": page,
        "name": name_of(page),
        "version": version,
        "comparison": _since(version, page),
    }
    return render(request, "pages/version.html", context)


@transaction.atomic
def restore(*, page: OperatorPage, version: Version, by: User) -> None:
    """Have a page say again what it said; one more version, so nothing is lost."""
    locked = OperatorPage.objects.select_for_update().get(pk=page.pk)
    locked.title, locked.body = version.title, version.body
    locked.version += 1
    with pghistory.context(user=by.pk):
        locked.save(update_fields=["title", "body", "version", "updated_at"])


def _since(version: Version, page: OperatorPage) -> Comparison:
    differences = []
    if version.title != page.title:
        passages = compare(plain(version.title), plain(page.title))
        differences.append(Difference("title", _("Titel"), passages))
    if version.body != page.body:
        passages = compare(blocks_of(version.body), blocks_of(page.body))
        differences.append(Difference("body", _("Text"), passages))
    return Comparison(differences, [])
