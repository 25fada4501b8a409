"""The section „Beziehungen“ of the editor, and the page on which a write-up is replaced."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from practices.enums import RelationKind
from practices.models import Practice
from practices.permissions import can_confirm
from practices.relations import actions
from practices.relations.actions import RelationNotPossibleError
from practices.relations.choosing import RelationForm, candidates
from practices.relations.reading import Relations
from practices.views.pages import editable_practice, practice_for


@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What a write-up is connected with: look, add, take away."""
    practice = editable_practice(request.user, pk)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, practice)
    return _choose(request, practice, "practices/editor/relations.html")


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Say which write-up holds today instead of this one."""
    practice = practice_for(request.user, pk)
    if not can_confirm(request.user, practice):
        raise PermissionDenied
    return _choose(request, practice, "practices/replace.html", RelationKind.REPLACED_BY)


def _choose(
    request: MemberRequest, practice: Practice, template: str, kind: RelationKind | None = None
) -> HttpResponseBase:
    user = request.user
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get("beitrag", "")
    offered = candidates(practice, text, user)
    form = RelationForm(
        request.POST if request.method == "POST" else None, reader=user, offered=offered, kind=kind
    )
    if form.is_valid():
        target = form.cleaned_data["target"]
        try:
            if kind:
                actions.replace(practice=practice, by_practice=target, by=user)
            else:
                chosen = RelationKind(form.cleaned_data["kind"])
                actions.relate(practice=practice, to=target, kind=chosen, by=user)
        except RelationNotPossibleError as error:
            form.add_error("target", str(error))
        else:
            return _done(request, practice, target, kind)
    context: dict[str, Any] = {
        "practice": practice,
        "relations": Relations.of(practice, user),
        "form": form,
        "offered": offered,
        "text": text,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _done(
    request: MemberRequest, practice: Practice, target: Practice, kind: RelationKind | None
) -> HttpResponse:
    if kind:
        messages.success(request, _("Der Beitrag verweist jetzt auf „%(title)s“.") % {"title": target.title})
        return redirect(practice)
    messages.success(request, _("Die Beziehung zu „%(title)s“ ist gespeichert.") % {"title": target.title})
    return redirect("practices:relations", practice.pk)


def _remove(request: MemberRequest, practice: Practice) -> HttpResponse:
    key = request.POST["remove"]
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    relation = get_object_or_404(practice.relations.all(), pk=number)
    actions.separate(relation=relation, by=request.user)
    messages.success(request, _("Die Beziehung ist entfernt."))
    return redirect("practices:relations", practice.pk)
