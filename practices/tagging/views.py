"""Working pages for tags: list, preview, one tag, and what was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from taggit.models import Tag

from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from practices.models import TagChange
from practices.tagging import actions
from practices.tagging.forms import MergeForm, TagFilterForm, TopicOfTagForm, WordsForm
from practices.tagging.reading import preview_of, synonyms_of, used_tags
from search.paging import Page, offset_of

PAGE_SIZE = 50
LATEST = 5


def _require_coordinator(request: MemberRequest) -> None:
    if not is_coordinator(request.user):
        raise PermissionDenied


@require_safe
def tags(request: MemberRequest) -> HttpResponse:
    _require_coordinator(request)
    form = TagFilterForm(request.GET)
    form.is_valid()
    by_name = form.cleaned_data.get("sortierung") == "name"
    found = used_tags(form.cleaned_data.get("q", ""), by_name=by_name)
    start = offset_of(request.GET, PAGE_SIZE)
    return render(
        request,
        "practices/tagging/list.html",
        {
            "form": form,
            "tags": found[start : start + PAGE_SIZE],
            "page": Page.at_offset(start, PAGE_SIZE, found.count()),
            "changes": TagChange.objects.select_related("by", "topic", "undertaking")[:LATEST],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: MemberRequest) -> HttpResponseBase:
    """First what it will do, then doing it. Opened by the list with the tags that were ticked."""
    _require_coordinator(request)
    is_sent = request.method == "POST"
    form = MergeForm(request.POST if is_sent else None, initial=None if is_sent else _asked(request))
    preview = None
    if is_sent and form.is_valid():
        data = form.cleaned_data
        if request.POST.get("deed") == "do":
            change = actions.merge(
                tags=list(data["tags"]),
                target=data["target"],
                keeps_words=data["keeps_words"],
                by=request.user,
            )
            return redirect("undertaking", change.undertaking_id)
        preview = preview_of(list(data["tags"]), data["target"])
    context = {"form": form, "preview": preview, "target": form.data.get("target", "")}
    return render(request, "practices/tagging/merge.html", context, status=422 if form.errors else 200)


def _asked(request: MemberRequest) -> dict[str, Any]:
    """What was ticked in the list; the most used of them is suggested as what they become."""
    keys = [key for key in request.GET.getlist("tags") if key.isdecimal() and len(key) < 10]
    first = used_tags().filter(pk__in=keys).first()
    return {"tags": keys, "target": first.name if first else "", "keeps_words": True}


@require_http_methods(["GET", "HEAD", "POST"])
def tag(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One tag: other words for it, and making a topic of it."""
    _require_coordinator(request)
    shown = get_object_or_404(used_tags(), pk=pk)
    deed = request.POST.get("deed", "")
    words = WordsForm(request.POST if deed == "words" else None, initial={"words": synonyms_of(shown)})
    topic = TopicOfTagForm(request.POST if deed in {"preview", "topic"} else None)
    preview = None
    if words.is_bound and words.is_valid():
        actions.save_synonyms(tag=shown, words=words.cleaned_data["words"], by=request.user)
        messages.success(request, _("Gespeichert. Die Suche kennt die Wörter ab sofort."))
        return redirect("tags:tag", pk)
    if topic.is_bound and topic.is_valid():
        if deed == "topic":
            change = actions.make_topic(tag=shown, topic=topic.cleaned_data["topic"], by=request.user)
            return redirect("undertaking", change.undertaking_id)
        preview = preview_of([shown], "")
    rows = _changes_of(shown)
    start = offset_of(request.GET, PAGE_SIZE)
    context = {
        "tag": shown,
        "words": words,
        "topic": topic,
        "preview": preview,
        "chosen": topic.cleaned_data["topic"] if preview else None,
        "changes": rows[start : start + PAGE_SIZE],
        "page": Page.at_offset(start, PAGE_SIZE, rows.count()),
    }
    refused = bool(words.errors or topic.errors)
    return render(request, "practices/tagging/tag.html", context, status=422 if refused else 200)


def _changes_of(shown: Tag) -> Any:
    rows = TagChange.objects.select_related("by", "topic", "undertaking")
    return rows.filter(sources__contains=[shown.name]) | rows.filter(target=shown.name)


@require_safe
def changes(request: MemberRequest) -> HttpResponse:
    _require_coordinator(request)
    rows = TagChange.objects.select_related("by", "topic", "undertaking", "undone_by")
    start = offset_of(request.GET, PAGE_SIZE)
    context = {
        "changes": rows[start : start + PAGE_SIZE],
        "page": Page.at_offset(start, PAGE_SIZE, rows.count()),
    }
    return render(request, "practices/tagging/changes.html", context)


@require_safe
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """One change: what it did, and how to take it back."""
    _require_coordinator(request)
    rows = TagChange.objects.select_related("by", "topic", "undertaking", "undone_by")
    return render(request, "practices/tagging/change.html", {"change": get_object_or_404(rows, pk=pk)})


@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    _require_coordinator(request)
    made = get_object_or_404(TagChange, pk=pk)
    try:
        undertaking = actions.undo(change=made, by=request.user)
    except actions.AlreadyUndoneError:
        messages.warning(request, _("Das ist schon zurückgenommen."))
        return redirect("tags:change", pk)
    return redirect("undertaking", undertaking.pk)
