"""What the editor's script asks for while somebody types, and what becomes of unsaved input."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from practices.editing import copies, presence
from practices.editing.copies import OtherWindowError, TooLongError, TooManyError, Values, Window
from practices.editing.sections import PROFILE, section_named
from practices.models import Practice, WorkingCopy
from practices.permissions import can_write_any, require_edit


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Keep what was typed into a section, and say who else is here; without values it is a sign of life."""
    user, part = request.user, section_named(slug)
    practice = get_object_or_404(Practice.objects.visible_to(user).select_related("city"), pk=pk)
    require_edit(user, practice)
    if part is None or part.form is None:
        raise Http404
    if request.method != "POST":
        return _fresh(request, user)
    try:
        values, window = _sent(request)
    except RequestDataTooBig:
        return _refused("too_long", status=413)
    presence.note(user=user, practice=practice)
    people = presence.sentence(presence.others(user=user, practice=practice))
    if values is None:
        return JsonResponse({"people": people})
    return _kept(user, people, section=slug, values=values, practice=practice, window=window)


@require_http_methods(["GET", "HEAD", "POST"])
def keep_new(request: MemberRequest) -> HttpResponse:
    """The same for a write-up that has not been saved yet."""
    user = request.user
    if not can_write_any(user):
        raise PermissionDenied
    if request.method != "POST":
        return _fresh(request, user)
    try:
        values, window = _sent(request)
    except RequestDataTooBig:
        return _refused("too_long", status=413)
    if values is None:
        return JsonResponse({"people": ""})
    try:
        key = UUID(next(iter(values.get("key", [])), ""))
    except ValueError as error:
        raise BadRequest("no key of a form") from error
    made = Practice.objects.filter(creation_key=key, created_by=user).values_list("pk", flat=True).first()
    if made:  # the form was saved while this was on its way
        return JsonResponse({"people": "", "saved_as": reverse("practices:edit", args=[made])})
    return _kept(user, "", section=PROFILE, values=values, key=key, window=window)


def _fresh(request: MemberRequest, user: User) -> HttpResponse:
    """For a page that was opened before the person logged in again."""
    response = JsonResponse({"token": get_token(request), "person": user.pk})
    response["Cache-Control"] = "no-store"
    return response


def _kept(user: User, people: str, **what: Any) -> HttpResponse:
    try:
        copy = copies.keep(by=user, **what)
    except TooLongError:
        return _refused("too_long", status=413)
    except TooManyError:
        return _refused("full", status=409)
    except OtherWindowError:
        return _refused("elsewhere", status=409)
    return JsonResponse({"people": people, "saved_at": copy.moment, "mark": copy.mark})


def _refused(problem: str, *, status: int) -> HttpResponse:
    """The page says the problem in words."""
    return JsonResponse({"problem": problem}, status=status)


def _sent(request: MemberRequest) -> tuple[Values | None, Window]:
    """What the script sent and from where: None for a sign of life, 400 for what it never sends.

    Raises RequestDataTooBig before anything is read that is longer than any form of ours.
    """
    try:
        sent = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise BadRequest("no JSON") from error
    if not isinstance(sent, dict):
        raise BadRequest("no values of a form")
    values = sent.get("values")
    if values is not None and not (
        isinstance(values, dict) and all(_is_texts(texts) for texts in values.values())
    ):
        raise BadRequest("no values of a form")
    return values, Window.of(sent)


def _is_texts(texts: Any) -> bool:
    return isinstance(texts, list) and all(isinstance(text, str) for text in texts)


@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Forget unsaved input; the record is as it was."""
    copy = get_object_or_404(WorkingCopy.objects.of(request.user), pk=pk)
    copy.delete()
    messages.success(request, _("Verworfen. Hier steht wieder, was zuletzt gespeichert wurde."))
    if copy.practice_id:
        return redirect("practices:section", copy.practice_id, copy.section)
    return redirect("practices:new")


@require_safe
def back(request: MemberRequest) -> HttpResponse:
    """Where one lands in the second window after logging in again; the first goes on by itself."""
    return render(request, "practices/editor/back.html")
