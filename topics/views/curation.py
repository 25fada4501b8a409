"""Coordinators keep the map: the working tree, create, change, order, delete."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from topics.actions import TopicInUseError, delete_topic, hold_map, save_topic, shift_topic, uses_of
from topics.cards import TopicCard, cards_of, leading_cities
from topics.forms import TopicForm
from topics.models import MAX_DEPTH, Topic
from topics.permissions import can_curate
from topics.tree import TopicNode, TopicTree

UP, DOWN = "hoch", "runter"
REFUSED = 422


class ShiftForm(forms.Form):
    """One press of an arrow: `12-hoch` or `12-runter`."""

    step = forms.RegexField(rf"^\d{{1,18}}-({UP}|{DOWN})$")


@dataclass(frozen=True)
class Row:
    """A topic in the working tree; `focus` names the arrow that had the keyboard's focus."""

    node: TopicNode
    is_first: bool
    is_last: bool
    is_gap: bool
    has_room_below: bool
    focus: str
    rows: list[Row]


def curator_of(request: HttpRequest) -> User:
    """The coordinator who asks; everybody else may not change the map."""
    user = request.user
    if not user.is_authenticated or not can_curate(user):
        raise PermissionDenied
    return user


def topic_at(slug: str) -> Topic | None:
    """The topic that has or had this address; None when it is gone."""
    return Topic.objects.filter(slug=slug).first() or Topic.objects.filter(former_slugs__slug=slug).first()


@require_http_methods(["GET", "HEAD", "POST"])
def working_tree(request: HttpRequest) -> HttpResponse:
    curator = curator_of(request)
    if request.method == "POST":
        return _shift(request, curator)
    tree = TopicTree.load()
    cards = cards_of(tree.roots, counts={}, leaders=leading_cities())
    rows = _rows(cards, request.GET.get("fokus", ""))
    return render(request, "topics/working_tree.html", {"rows": rows, "number": len(tree)})


def _shift(request: HttpRequest, curator: User) -> HttpResponse:
    form = ShiftForm(request.POST)
    step = form.cleaned_data["step"] if form.is_valid() else "0-"
    topic_id, _dash, direction = step.partition("-")
    topic = Topic.objects.filter(pk=int(topic_id)).first()
    if topic is None:
        messages.error(request, _("Dieses Thema gibt es nicht mehr."))
        return redirect("topics:curate")
    shift_topic(topic=topic, up=direction == UP, by=curator)
    return redirect(f"{reverse('topics:curate')}?fokus={step}")


def _rows(cards: list[TopicCard], focus: str) -> list[Row]:
    rows = []
    for place, card in enumerate(cards, start=1):
        node, is_first, is_last = card.node, place == 1, place == len(cards)
        arrow = focus.removeprefix(f"{node.id}-") if focus.startswith(f"{node.id}-") else ""
        if (arrow == UP and is_first) or (arrow == DOWN and is_last):
            arrow = DOWN if is_first else UP
        below = _rows(card.children, focus)
        rows.append(Row(node, is_first, is_last, card.is_gap, node.depth < MAX_DEPTH, arrow, below))
    return rows


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def create(request: HttpRequest) -> HttpResponse:
    curator = curator_of(request)
    if request.method == "POST":
        hold_map()
    tree = TopicTree.load()
    form = TopicForm(request.POST or None, tree=tree, initial={"parent": _asked_parent(request, tree)})
    if request.method == "POST" and form.is_valid():
        topic = save_topic(topic=form.save(commit=False), by=curator)
        messages.success(request, _("Das Thema „%(topic)s“ steht jetzt auf der Karte.") % {"topic": topic})
        return redirect(topic)
    shown = {"form": form, "was_deleted": False}
    return render(request, "topics/create.html", shown, status=REFUSED if form.errors else None)


def _asked_parent(request: HttpRequest, tree: TopicTree) -> int | None:
    asked = request.GET.get("unter", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 and int(asked) in tree else None


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    curator = curator_of(request)
    if request.method == "POST":
        hold_map()
    topic, tree = topic_at(slug), TopicTree.load()
    if topic is None or topic.pk not in tree:
        return _offer_again(request, tree)
    form = TopicForm(request.POST or None, instance=topic, tree=tree)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        form.claim()
        save_topic(topic=changed, by=curator)
        messages.success(request, _("Gespeichert."))
        return redirect(changed)
    shown = {"form": form, "topic": form.node}
    return render(request, "topics/edit.html", shown, status=REFUSED if form.errors else None)


def _offer_again(request: HttpRequest, tree: TopicTree) -> HttpResponse:
    """Somebody deleted the topic meanwhile: keep what was typed and offer to create it anew."""
    if request.method != "POST":
        raise Http404
    form = TopicForm(request.POST, tree=tree)
    return render(request, "topics/create.html", {"form": form, "was_deleted": True}, status=410)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponseBase:
    curator = curator_of(request)
    topic = topic_at(slug)
    if topic is None:
        messages.info(request, _("Dieses Thema ist schon gelöscht."))
        return redirect("topics:curate")
    if request.method == "POST":
        try:
            delete_topic(topic=topic, by=curator)
        except TopicInUseError as error:
            return render(request, "topics/delete.html", {"topic": topic, "uses": error.uses}, status=409)
        messages.success(request, _("Das Thema „%(topic)s“ ist gelöscht.") % {"topic": topic})
        return redirect("topics:curate")
    return render(request, "topics/delete.html", {"topic": topic, "uses": uses_of(topic)})
