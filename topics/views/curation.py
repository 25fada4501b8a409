"""Coordinators keep the map: the working tree, create, change, order, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from topics.models import MAX_DEPTH, Leadership, Topic
from topics.permissions import can_curate
from topics.placing import NoPlaceError, Place, place_of, place_topic
from topics.tree import TopicNode, TopicTree

if TYPE_CHECKING:
    from cities.models import City

UP, DOWN, IN, OUT = "hoch", "runter", "hinein", "heraus"
REFUSED = 422


class ShiftForm(forms.Form):
    """One press of an arrow: `12-hoch`, `12-runter`, `12-hinein` (below the one before), `12-heraus`."""

    step = forms.RegexField(rf"^\d{{1,18}}-({UP}|{DOWN}|{IN}|{OUT})$")


class PlaceForm(forms.Form):
    """What a topic was drawn to: under `parent`, before `before`; empty for on top and for last."""

    topic = forms.IntegerField(max_value=2**63 - 1)
    parent = forms.IntegerField(required=False, max_value=2**63 - 1)
    before = forms.IntegerField(required=False, max_value=2**63 - 1)


@dataclass(frozen=True)
class Row:
    """A topic in the working tree; `focus` names the arrow that had the keyboard's focus."""

    node: TopicNode
    is_first: bool
    is_last: bool
    can_go_in: bool
    is_gap: bool
    has_room_below: bool
    focus: str
    leaders: list[City]
    is_waiting: bool
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
        return _place(request, curator) if "topic" in request.POST else _shift(request, curator)
    tree = TopicTree.load()
    cards = cards_of(tree.roots, counts={}, leaders=leading_cities(), with_retired=True)
    waiting = set(Leadership.objects.to_look_after().values_list("topic", flat=True))
    rows = _rows(cards, request.GET.get("fokus", ""), waiting)
    return render(request, "topics/working_tree.html", {"rows": rows, "number": len(tree)})


def _place(request: HttpRequest, curator: User) -> HttpResponse:
    """A topic was drawn somewhere else."""
    form = PlaceForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        return _move(request, curator, sent["topic"], sent["parent"], sent["before"], f"{sent['topic']}-{UP}")
    messages.error(request, _("Dieses Thema gibt es nicht mehr."))
    return redirect("topics:curate")


def _move(
    request: HttpRequest,
    curator: User,
    topic_id: int,
    parent_id: int | None,
    before_id: int | None,
    focus: str,
) -> HttpResponse:
    before = place_of(topic_id)
    try:
        place_topic(topic_id=topic_id, parent_id=parent_id, before_id=before_id, by=curator)
    except NoPlaceError as error:
        messages.error(request, str(error))
    else:
        _say_place(request, before, place_of(topic_id))
    return redirect(f"{reverse('topics:curate')}?fokus={focus}")


def _say_place(request: HttpRequest, before: Place | None, now: Place | None) -> None:
    if now and now == before:
        messages.info(request, now.unchanged)
    elif now:
        messages.success(request, now.reached)


def _level(request: HttpRequest, curator: User, topic: Topic, direction: str) -> HttpResponse:
    """One level down, below the topic before it; or one up, behind the one it stood under."""
    node = TopicTree.load()[topic.pk]
    siblings = node.parent.children if node.parent else TopicTree.load().roots
    place = [one.id for one in siblings].index(node.id)
    focus = f"{node.id}-{direction}"
    if direction == IN and place > 0:
        return _move(request, curator, node.id, siblings[place - 1].id, None, focus)
    if direction == OUT and node.parent is not None:
        grandparent = node.parent.parent
        uncles = grandparent.children if grandparent else TopicTree.load().roots
        behind = [one.id for one in uncles].index(node.parent.id) + 1
        before = uncles[behind].id if behind < len(uncles) else None
        return _move(request, curator, node.id, grandparent.id if grandparent else None, before, focus)
    return redirect(f"{reverse('topics:curate')}?fokus={focus}")


def _shift(request: HttpRequest, curator: User) -> HttpResponse:
    form = ShiftForm(request.POST)
    step = form.cleaned_data["step"] if form.is_valid() else "0-"
    topic_id, _dash, direction = step.partition("-")
    topic = Topic.objects.filter(pk=int(topic_id)).first()
    if topic is None:
        messages.error(request, _("Dieses Thema gibt es nicht mehr."))
        return redirect("topics:curate")
    if direction in {IN, OUT}:
        return _level(request, curator, topic, direction)
    before = place_of(topic.pk)
    shift_topic(topic=topic, up=direction == UP, by=curator)
    _say_place(request, before, place_of(topic.pk))
    return redirect(f"{reverse('topics:curate')}?fokus={step}")


def _rows(cards: list[TopicCard], focus: str, waiting: set[int]) -> list[Row]:
    rows: list[Row] = []
    for place, card in enumerate(cards, start=1):
        node, is_first, is_last = card.node, place == 1, place == len(cards)
        can_go_in = not is_first and cards[place - 2].node.depth + node.height <= MAX_DEPTH
        can = {UP: not is_first, DOWN: not is_last, IN: can_go_in, OUT: node.parent is not None}
        arrow = focus.removeprefix(f"{node.id}-") if focus.startswith(f"{node.id}-") else ""
        if arrow and not can.get(arrow):
            arrow = next((other for other in (DOWN, UP, OUT, IN) if can[other]), "")
        below = _rows(card.children, focus, waiting)
        has_room = node.depth < MAX_DEPTH and not node.is_retired
        rows.append(
            Row(
                node,
                is_first,
                is_last,
                can_go_in,
                card.is_gap,
                has_room,
                arrow,
                card.leaders,
                node.id in waiting,
                below,
            )
        )
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
