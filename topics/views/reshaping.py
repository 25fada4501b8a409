"""Coordinators cut the map anew: merge topics, split one, retire one. Each shows first what it will do."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from topics.actions import hold_map
from topics.enums import Shape
from topics.forms.reshaping import LeadForm, MergeForm, SplitForm, WordsForm
from topics.merging import plan, start_merge, start_undo
from topics.models import Reshaping, Topic
from topics.placing import reinstate_topic, retire_topic
from topics.splitting import pieces, start_split
from topics.tree import TopicTree
from topics.views.curation import REFUSED, curator_of


def _topic(slug: str) -> Topic:
    return get_object_or_404(Topic.objects.select_related("parent__parent"), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the target (GET), see what will happen (GET with `ziel`), have it done (POST)."""
    curator, source = curator_of(request), _topic(slug)
    tree = TopicTree.load()
    sent = request.POST if request.method == "POST" else request.GET
    form = MergeForm(sent if "ziel" in sent else None, tree=tree, source=tree[source.pk])
    made, lead_form = None, None
    if form.is_bound and form.is_valid():
        target = form.cleaned_data["ziel"]
        made = plan(source, target, tree)
        if made.leading:
            lead_form = LeadForm(request.POST or None, cities=made.leading, target=target)
        if request.method == "POST" and not made.obstacles and (lead_form is None or lead_form.is_valid()):
            leads = lead_form.leads if lead_form else []
            undertaking = start_merge(source=source, target=target, leads=leads, by=curator)
            return redirect("undertaking", undertaking.pk)
    shown = {"form": form, "topic": source, "plan": made, "lead_form": lead_form}
    # What was sent and is still here was refused.
    status = REFUSED if form.errors or request.method == "POST" else None
    return render(request, "topics/merge.html", shown, status=status)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    curator = curator_of(request)
    reshaping = get_object_or_404(Reshaping, pk=pk, undone_at=None, shape=Shape.MERGE)
    undertaking = start_undo(reshaping=reshaping, by=curator, url=reverse("topics:changes"))
    return redirect("undertaking", undertaking.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def split(request: HttpRequest, slug: str) -> HttpResponse:
    curator = curator_of(request)
    if request.method == "POST":
        hold_map()
    source = _topic(slug)
    words_form = WordsForm(request.GET)
    words = words_form.cleaned_data["woerter"] if words_form.is_valid() else ""
    found = [(piece, *piece.options(source, words)) for piece in pieces()]
    form = SplitForm(request.POST or None, source=source, pieces=found)
    if request.method == "POST" and form.is_valid():
        undertaking = start_split(source=source, made=form.made, keys=form.keys, by=curator)
        return redirect("undertaking", undertaking.pk)
    shown = {
        "form": form,
        "words_form": words_form,
        "words": words,
        "topic": source,
        "cut": [(piece.label, total) for piece, options, total in found if total > len(options)],
        "has_something": any(total for _piece, _options, total in found),
    }
    return render(request, "topics/split.html", shown, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Take a topic off the map, or put it there again."""
    curator, topic = curator_of(request), _topic(slug)
    above = next((one for one in topic.ancestors if one.retired_on), None)
    if request.method == "POST" and above is None:
        if topic.retired_on:
            reinstate_topic(topic=topic, by=curator)
            messages.success(request, _("„%(topic)s“ steht wieder auf der Themenkarte.") % {"topic": topic})
        else:
            retire_topic(topic=topic, by=curator)
            messages.success(request, _("„%(topic)s“ ist stillgelegt.") % {"topic": topic})
        return redirect(topic)
    below = list(TopicTree.load()[topic.pk].branch)[1:]
    return render(request, "topics/retire.html", {"topic": topic, "below": below, "above": above})
